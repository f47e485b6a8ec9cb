import Cases
import YAMLForms
import Yams

/// One walk over the YAML of a directory: what was read, where it stood, and what was wrong with its form.
struct DirectoryReading {
  private(set) var version: String?
  private(set) var stations: [Directory.Station] = []
  private(set) var departments: [Directory.Department] = []
  private(set) var deputies: [Directory.Deputy] = []
  private(set) var places: [Directory.Entry: Directory.Place] = [:]
  private(set) var form: YAMLReading

  init(file: String) {
    form = YAMLReading(file: file)
    places[.whole] = Directory.Place(file: file, line: 1)
  }

  mutating func read(_ root: Node) {
    let top = form.mapping(root, "the directory", keys: ["version", "stations", "departments", "deputies"])
    version = form.text(top["version"], "version")
    for node in form.list(top["stations"], "stations") {
      let fields = form.mapping(
        node, "a station", keys: ["id", "name", "level", "parent", "region", "aliases", "codes", "duty"],
        required: ["id", "name", "level"])
      places[.station(stations.count)] = place(of: node)
      stations.append(
        Directory.Station(
          id: form.text(fields["id"], "id") ?? "", name: form.text(fields["name"], "name") ?? "",
          level: level(fields["level"]),
          parent: form.text(fields["parent"], "parent"), region: form.text(fields["region"], "region"),
          aliases: form.texts(fields["aliases"], "aliases"), codes: form.texts(fields["codes"], "codes"),
          duty: form.text(fields["duty"], "duty")))
    }
    for node in form.list(top["departments"], "departments") {
      let keys: Set = ["id", "name", "categories"]
      let fields = form.mapping(node, "a department", keys: keys, required: keys)
      places[.department(departments.count)] = place(of: node)
      departments.append(
        Directory.Department(
          id: form.text(fields["id"], "id") ?? "", name: form.text(fields["name"], "name") ?? "",
          categories: form.texts(fields["categories"], "categories")))
    }
    for node in form.list(top["deputies"], "deputies") {
      let fields = form.mapping(
        node, "a deputy", keys: ["id", "name", "station", "codes"], required: ["id", "name", "station"])
      places[.deputy(deputies.count)] = place(of: node)
      deputies.append(
        Directory.Deputy(
          id: form.text(fields["id"], "id") ?? "", name: form.text(fields["name"], "name") ?? "",
          station: form.text(fields["station"], "station") ?? "", codes: form.texts(fields["codes"], "codes")))
    }
  }

  private func place(of node: Node) -> Directory.Place {
    Directory.Place(file: form.file, line: node.mark?.line ?? 1)
  }

  private mutating func level(_ node: Node?) -> Directory.Station.Level {
    if let node, let text = form.text(node, "level") {
      if let level = Directory.Station.Level(rawValue: text) { return level }
      form.fault(node, "level is none of county, township, village")
    }
    return .village
  }
}
