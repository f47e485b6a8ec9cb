extension Directory {
  /// 联络站, the place where deputies meet citizens.
  package struct Station: Hashable, Sendable, Codable {
    /// How high in the tree, from the highest down. Cities have districts, streets and communities where the country has
    /// counties, townships and villages.
    package enum Level: String, Hashable, Sendable, Codable, CaseIterable {
      case city, county, district, township, street, village, community
      case gridPost = "grid-post"

      /// Levels that a station above may have, the usual one first; none for a level that only a root has.
      package var above: [Level] {
        switch self {
        case .city: []
        case .county: [.city]
        case .district: [.city, .county]
        case .township: [.county, .district]
        case .street: [.district, .county]
        case .village: [.township, .street]
        case .community: [.street, .township]
        case .gridPost: [.village, .community, .township, .street]
        }
      }

      /// 0 is the highest; levels of one rank are each other's like in town and country.
      package var rank: Int {
        switch self {
        case .city: 0
        case .county: 1
        case .district: 2
        case .township, .street: 3
        case .village, .community: 4
        case .gridPost: 5
        }
      }
    }

    /// What a station that isn't there for everything says of itself, such as `education`; the operator's word.
    package static let general = "general"

    package var id: String
    package var name: String
    package var level: Level
    /// The station above; none for the root.
    package var parent: String?
    /// ``general``, or what the station is there for, such as `education`, `mediation`, `industry`, `legislation`.
    package var kind: String
    /// First-level categories that a station of another kind takes from all the land of its parent.
    package var categories: [String]
    /// First-level categories in this station's power; others it hands to whoever is in charge, and goes on supervising
    /// them. `nil`: as the station above has it; where none says, everything.
    package var handles: [String]?
    /// The place it serves, as it stands in an address, such as 柳河镇.
    package var region: String?
    /// What else people call it or the place; further places that it serves.
    package var aliases: [String]
    /// What its QR codes, and those of its activities, say.
    package var codes: [String]
    /// 接待时间: when deputies receive citizens there, in the station's own words.
    package var duty: String?
    /// Days on which the station works as little as on a Sunday.
    package var closed: [DateRange]
    /// Where its sign hangs: signs of one site are one place to count (两个牌子、一个场所).
    package var site: String?
    /// 站长, the id of a deputy.
    package var head: String?

    package init(
      id: String, name: String, level: Level, parent: String? = nil, kind: String = general, categories: [String] = [],
      handles: [String]? = nil, region: String? = nil, aliases: [String] = [], codes: [String] = [],
      duty: String? = nil, closed: [DateRange] = [], site: String? = nil, head: String? = nil
    ) {
      self.id = id
      self.name = name
      self.level = level
      self.parent = parent
      self.kind = kind
      self.categories = categories
      self.handles = handles
      self.region = region
      self.aliases = aliases
      self.codes = codes
      self.duty = duty
      self.closed = closed
      self.site = site
      self.head = head
    }

    package var owner: Owner { Owner(id: id, kind: .station, name: name) }
    /// All that the station and its place are called.
    package var terms: [String] { [name] + [region].compactMap(\.self) + aliases }
  }
}
