import Crypto
import ByteText

/// One record of the `directory` topic: a station, a region, a department or a deputy; or the header, which says what
/// belongs together.
///
/// Its JSON form is an object with one key, the kind, such as `{"station": {…}}`.
package enum DirectoryEntry: Hashable, Sendable, Codable {
  case whole(Whole)
  case station(Directory.Station)
  case region(Directory.Region)
  case department(Directory.Department)
  case deputy(Directory.Deputy)

  /// What holds for the directory as a whole.
  package struct Whole: Hashable, Sendable, Codable {
    package var version: String
    /// The name of a ``Directory/Profile``.
    package var profile: String
    /// Ids of the stations in the operator's order, which decides where nothing else does.
    package var order: [String]
    /// Of all other entries: whoever follows the topic sees by it that they are all there, each in its newest form.
    package var digest: String

    package init(version: String, profile: String, order: [String], digest: String) {
      self.version = version
      self.profile = profile
      self.order = order
      self.digest = digest
    }
  }

  private enum Kind: String, CodingKey, CaseIterable { case whole, station, region, department, deputy }

  private var kind: Kind {
    switch self {
    case .whole: .whole
    case .station: .station
    case .region: .region
    case .department: .department
    case .deputy: .deputy
    }
  }

  /// Of the record: `kind/id`, and `whole` for the header.
  package var key: String {
    switch self {
    case .whole: kind.rawValue
    case .station(let station): "\(kind.rawValue)/\(station.id)"
    case .region(let region): "\(kind.rawValue)/\(region.id)"
    case .department(let department): "\(kind.rawValue)/\(department.id)"
    case .deputy(let deputy): "\(kind.rawValue)/\(deputy.id)"
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    guard let kind = container.allKeys.first, container.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "not one of whole, station, region, department and deputy"))
    }
    switch kind {
    case .whole: self = .whole(try container.decode(Whole.self, forKey: kind))
    case .station: self = .station(try container.decode(Directory.Station.self, forKey: kind))
    case .region: self = .region(try container.decode(Directory.Region.self, forKey: kind))
    case .department: self = .department(try container.decode(Directory.Department.self, forKey: kind))
    case .deputy: self = .deputy(try container.decode(Directory.Deputy.self, forKey: kind))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .whole(let whole): try container.encode(whole, forKey: kind)
    case .station(let station): try container.encode(station, forKey: kind)
    case .region(let region): try container.encode(region, forKey: kind)
    case .department(let department): try container.encode(department, forKey: kind)
    case .deputy(let deputy): try container.encode(deputy, forKey: kind)
    }
  }

  /// The same for the same entries in any order; a header counts as little as what is said twice.
  package static func digest(of entries: some Sequence<DirectoryEntry>) -> String {
    var lines: [String: [UInt8]] = [:]
    for entry in entries where entry.kind != .whole { lines[entry.key] = JSONData.encode(entry) }
    var hash = SHA256()
    for (_, line) in lines.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      hash.update(data: line + [UInt8(ascii: "\n")])
    }
    return ByteAlphabet.hexadecimal.text(of: hash.finalize())
  }
}
