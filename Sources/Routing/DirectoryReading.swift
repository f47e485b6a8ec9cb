import Cases
import Yams

/// One walk over the YAML of a directory: what was read, where it stood, and what was wrong with its form.
struct DirectoryReading {
  private(set) var version: String?
  private(set) var stations: [Directory.Station] = []
  private(set) var departments: [Directory.Department] = []
  private(set) var deputies: [Directory.Deputy] = []
  private(set) var places: [Directory.Entry: Directory.Place] = [:]
  private(set) var faults: [InvalidDirectory.Fault] = []
  private let file: String

  init(file: String) {
    self.file = file
    places[.whole] = Directory.Place(file: file, line: 1)
  }

  mutating func read(_ root: Node) {
    let top = mapping(root, "the directory", keys: ["version", "stations", "departments", "deputies"])
    version = text(top["version"], "version")
    for node in list(top["stations"], "stations") {
      let fields = mapping(
        node, "a station", keys: ["id", "name", "level", "parent", "region", "aliases", "codes"],
        required: ["id", "name", "level"])
      places[.station(stations.count)] = place(of: node)
      stations.append(
        Directory.Station(
          id: text(fields["id"], "id") ?? "", name: text(fields["name"], "name") ?? "", level: level(fields["level"]),
          parent: text(fields["parent"], "parent"), region: text(fields["region"], "region"),
          aliases: texts(fields["aliases"], "aliases"), codes: texts(fields["codes"], "codes")))
    }
    for node in list(top["departments"], "departments") {
      let keys: Set = ["id", "name", "categories"]
      let fields = mapping(node, "a department", keys: keys, required: keys)
      places[.department(departments.count)] = place(of: node)
      departments.append(
        Directory.Department(
          id: text(fields["id"], "id") ?? "", name: text(fields["name"], "name") ?? "",
          categories: texts(fields["categories"], "categories")))
    }
    for node in list(top["deputies"], "deputies") {
      let fields = mapping(
        node, "a deputy", keys: ["id", "name", "station", "codes"], required: ["id", "name", "station"])
      places[.deputy(deputies.count)] = place(of: node)
      deputies.append(
        Directory.Deputy(
          id: text(fields["id"], "id") ?? "", name: text(fields["name"], "name") ?? "",
          station: text(fields["station"], "station") ?? "", codes: texts(fields["codes"], "codes")))
    }
  }

  private func place(of node: Node) -> Directory.Place {
    Directory.Place(file: file, line: node.mark?.line ?? 1)
  }

  private mutating func fault(_ node: Node, _ message: String) {
    faults.append(InvalidDirectory.Fault(file: file, line: node.mark?.line, message: message))
  }

  private mutating func mapping(
    _ node: Node, _ what: String, keys: Set<String>, required: Set<String> = []
  ) -> [String: Node] {
    guard let mapping = node.mapping else {
      fault(node, "\(what) is not a mapping of keys to values")
      return [:]
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string
      if let name, keys.contains(name) {
        fields[name] = value
      } else {
        fault(key, "\(what) has the unknown key \(name ?? "(no plain text)")")
      }
    }
    for name in required.sorted() where fields[name] == nil { fault(node, "\(what) has no \(name)") }
    return fields
  }

  private mutating func list(_ node: Node?, _ what: String) -> [Node] {
    guard let node, node.null == nil else { return [] }
    guard let sequence = node.sequence else {
      fault(node, "\(what) is not a list")
      return []
    }
    return Array(sequence)
  }

  /// A number is taken as it is written, so that a code such as 007 keeps its zeros.
  private mutating func text(_ node: Node?, _ what: String) -> String? {
    guard let node else { return nil }
    guard let scalar = node.scalar, node.null == nil else {
      fault(node, "\(what) is not text")
      return nil
    }
    return scalar.string
  }

  private mutating func texts(_ node: Node?, _ what: String) -> [String] {
    list(node, what).compactMap { text($0, "one of \(what)") }
  }

  private mutating func level(_ node: Node?) -> Directory.Station.Level {
    if let node, let text = text(node, "level") {
      if let level = Directory.Station.Level(rawValue: text) { return level }
      fault(node, "level is none of county, township, village")
    }
    return .village
  }
}
