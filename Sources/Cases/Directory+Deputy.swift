package import Time

extension Directory {
  package struct Deputy: Hashable, Sendable, Codable {
    /// A group that a deputy belongs to beside the station, such as one for deputies of other districts who live here.
    package struct Group: Hashable, Sendable, Codable {
      package var name: String
      /// Why this deputy is in it.
      package var reason: String

      package init(name: String, reason: String) {
        self.name = name
        self.reason = reason
      }
    }

    /// 固定联系: how many a deputy keeps in touch with; of citizens the number only, never who they are.
    package struct Contacts: Hashable, Sendable, Codable {
      package var voters: Int?
      package var households: Int?
      /// Ids.
      package var deputies: [String]

      package init(voters: Int? = nil, households: Int? = nil, deputies: [String] = []) {
        self.voters = voters
        self.households = households
        self.deputies = deputies
      }
    }

    package var id: String
    package var name: String
    /// The congress that the deputy sits in; `nil` where the directory doesn't say.
    package var level: Congress?
    package var station: String
    /// The id of the grid that the deputy answers for.
    package var grid: String?
    /// 原选区: the station of the constituency that elected a deputy who lives elsewhere (流动代表).
    package var home: String?
    /// 现居住地: the station where such a deputy lives; `nil`: ``station``.
    package var residence: String?
    /// When where a floating deputy lives was last looked into.
    package var confirmed: CalendarDate?
    /// What the deputy is good for, such as 群众矛盾调解员.
    package var skills: [String]
    package var codes: [String]
    package var groups: [Group]
    package var contacts: Contacts?
    /// The id of the station whose head the deputy is, where that is said here and not with the station.
    package var headOf: String?

    package init(
      id: String, name: String, level: Congress? = nil, station: String, grid: String? = nil, home: String? = nil,
      residence: String? = nil, confirmed: CalendarDate? = nil, skills: [String] = [], codes: [String] = [],
      groups: [Group] = [], contacts: Contacts? = nil, headOf: String? = nil
    ) {
      self.id = id
      self.name = name
      self.level = level
      self.station = station
      self.grid = grid
      self.home = home
      self.residence = residence
      self.confirmed = confirmed
      self.skills = skills
      self.codes = codes
      self.groups = groups
      self.contacts = contacts
      self.headOf = headOf
    }

    package var owner: Owner { Owner(id: id, kind: .deputy, name: name) }
    /// 流动代表: elected in one place, living in another, serving both.
    package var isFloating: Bool { home.map { $0 != residence ?? station } ?? false }
  }
}
