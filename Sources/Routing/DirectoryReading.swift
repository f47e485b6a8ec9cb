import Cases
import Time
import YAMLForms
import Yams

/// One walk over the YAML of a directory, file by file: what was read, where it stood, and what was wrong with its form.
struct DirectoryReading {
  private(set) var version: String?
  private(set) var profile: (name: String, source: Directory.Source)?
  private(set) var contents = Directory.Contents()
  private(set) var sources: [Directory.Entry: Directory.Source] = [:]
  private(set) var faults: [FileFault] = []
  private var form = YAMLReading(file: "")

  mutating func read(_ root: Node, file: String) {
    form = YAMLReading(file: file)
    if sources[.whole] == nil { sources[.whole] = Directory.Source(file: file, line: 1) }
    let top = form.mapping(
      root, "the directory",
      keys: ["version", "profile", "stations", "regions", "grids", "departments", "deputies"])
    readHeader(top)
    for node in form.list(top["stations"], "stations") { readStation(node) }
    for node in form.list(top["regions"], "regions") { readRegion(node, isGrid: false) }
    for node in form.list(top["grids"], "grids") { readRegion(node, isGrid: true) }
    for node in form.list(top["departments"], "departments") { readDepartment(node) }
    for node in form.list(top["deputies"], "deputies") { readDeputy(node) }
    faults += form.faults
  }

  private mutating func readHeader(_ top: [String: Node]) {
    if let text = form.text(top["version"], "version") {
      if version != nil { form.fault(top["version"], "another file has named the version already") }
      version = text
    }
    if let text = form.text(top["profile"], "profile"), let node = top["profile"] {
      if profile != nil { form.fault(node, "another file has named the profile already") }
      profile = (text, source(of: node))
    }
  }

  private mutating func readStation(_ node: Node) {
    let fields = form.mapping(
      node, "a station",
      keys: [
        "id", "name", "level", "parent", "kind", "categories", "handles", "region", "aliases", "codes", "duty",
        "closed", "site", "head",
      ], required: ["id", "name", "level"])
    sources[.station(contents.stations.count)] = source(of: node)
    contents.stations.append(
      Directory.Station(
        id: text(fields, "id") ?? "", name: text(fields, "name") ?? "",
        level: word(fields["level"], "level") ?? .village, parent: text(fields, "parent"),
        kind: text(fields, "kind") ?? Directory.Station.general, categories: texts(fields, "categories"),
        handles: fields["handles"] == nil ? nil : texts(fields, "handles"), region: text(fields, "region"),
        aliases: texts(fields, "aliases"), codes: texts(fields, "codes"), duty: text(fields, "duty"),
        closed: days(fields["closed"]), site: text(fields, "site"), head: text(fields, "head")))
  }

  private mutating func readRegion(_ node: Node, isGrid: Bool) {
    let fields = form.mapping(
      node, isGrid ? "a grid" : "a region", keys: ["id", "name", "station", "region", "aliases"],
      required: ["id", "name"])
    sources[.region(contents.regions.count)] = source(of: node)
    contents.regions.append(
      Directory.Region(
        id: text(fields, "id") ?? "", name: text(fields, "name") ?? "", isGrid: isGrid,
        station: text(fields, "station"), within: text(fields, "region"), aliases: texts(fields, "aliases")))
  }

  private mutating func readDepartment(_ node: Node) {
    let fields = form.mapping(
      node, "a department", keys: ["id", "name", "level", "categories", "jurisdiction"],
      required: ["id", "name", "categories"])
    sources[.department(contents.departments.count)] = source(of: node)
    contents.departments.append(
      Directory.Department(
        id: text(fields, "id") ?? "", name: text(fields, "name") ?? "",
        level: word(fields["level"], "level") ?? .county, categories: texts(fields, "categories"),
        jurisdiction: texts(fields, "jurisdiction")))
  }

  private mutating func readDeputy(_ node: Node) {
    let fields = form.mapping(
      node, "a deputy",
      keys: [
        "id", "name", "level", "station", "grid", "home", "residence", "confirmed", "skills", "codes", "groups",
        "contacts", "head-of",
      ], required: ["id", "name", "station"])
    sources[.deputy(contents.deputies.count)] = source(of: node)
    contents.deputies.append(
      Directory.Deputy(
        id: text(fields, "id") ?? "", name: text(fields, "name") ?? "", level: word(fields["level"], "level"),
        station: text(fields, "station") ?? "", grid: text(fields, "grid"), home: text(fields, "home"),
        residence: text(fields, "residence"), confirmed: day(fields["confirmed"]), skills: texts(fields, "skills"),
        codes: texts(fields, "codes"), groups: groups(fields["groups"]), contacts: contacts(fields["contacts"]),
        headOf: text(fields, "head-of")))
  }

  private mutating func groups(_ node: Node?) -> [Directory.Deputy.Group] {
    form.list(node, "groups").map { node in
      let fields = form.mapping(node, "a group", keys: ["name", "reason"], required: ["name", "reason"])
      return Directory.Deputy.Group(name: text(fields, "name") ?? "", reason: text(fields, "reason") ?? "")
    }
  }

  private mutating func contacts(_ node: Node?) -> Directory.Deputy.Contacts? {
    guard let node else { return nil }
    let fields = form.mapping(node, "contacts", keys: ["voters", "households", "deputies"])
    return Directory.Deputy.Contacts(
      voters: form.wholeNumber(fields["voters"], "voters"),
      households: form.wholeNumber(fields["households"], "households"), deputies: texts(fields, "deputies"))
  }

  private func source(of node: Node) -> Directory.Source {
    Directory.Source(file: form.file, line: node.mark?.line ?? 1)
  }

  private mutating func text(_ fields: [String: Node], _ key: String) -> String? { form.text(fields[key], key) }
  private mutating func texts(_ fields: [String: Node], _ key: String) -> [String] { form.texts(fields[key], key) }

  /// One of a few words.
  private mutating func word<Word: RawRepresentable & CaseIterable>(_ node: Node?, _ what: String) -> Word?
  where Word.RawValue == String {
    guard let node, let text = form.text(node, what) else { return nil }
    if let word = Word(rawValue: text) { return word }
    form.fault(node, "\(what) is none of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }

  private mutating func day(_ node: Node?) -> CalendarDate? {
    guard let node, let text = form.text(node, "confirmed") else { return nil }
    if let day = CalendarDate(text) { return day }
    form.fault(node, "confirmed is not a date of the form YYYY-MM-DD")
    return nil
  }

  private mutating func days(_ node: Node?) -> [DateRange] {
    form.list(node, "closed").compactMap { node in
      guard let text = form.text(node, "one of closed") else { return nil }
      if let range = DateRange(text) { return range }
      form.fault(node, "one of closed is not a date of the form YYYY-MM-DD, or two with a slash between")
      return nil
    }
  }
}
