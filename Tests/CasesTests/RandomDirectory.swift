import Cases
import SeededRandom

/// Directories of chance that pass the check, and what may be asked of them.
struct RandomDirectory {
  static let categories = ["政法", "民政", "教育文体", "交通运输", "环境保护", "国土资源", "经济管理"]
  private static let syllables = ["柳", "河", "云", "台", "李", "家", "湾", "石", "桥", "溪"]

  var random: SeededGenerator
  private(set) var contents = Directory.Contents()

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    addStations()
    addRegions()
    addDepartments()
    addDeputies()
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  /// Short, so that names often are the same, or within one another.
  private mutating func name() -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.syllables.randomElement(using: &random) ?? "柳" }
      .joined()
  }

  private mutating func some(_ items: [String], _ percent: Int) -> [String] {
    var chosen: [String] = []
    for item in items where chance(percent) { chosen.append(item) }
    return chosen
  }

  private mutating func addStations() {
    typealias Level = Directory.Station.Level
    let root = [Level.city, .county, .district, .street].randomElement(using: &random) ?? .county
    contents.stations.append(.init(id: "s0", name: name(), level: root))
    for number in 1...Int.random(in: 1...20, using: &random) {
      let parent = contents.stations[Int.random(in: contents.stations.indices, using: &random)]
      guard let level = Level.allCases.filter({ $0.above.contains(parent.level) }).randomElement(using: &random) else {
        continue
      }
      let isSpecial = chance(20)
      contents.stations.append(
        .init(
          id: "s\(number)", name: name(), level: level, parent: parent.id, kind: isSpecial ? "education" : "general",
          categories: isSpecial ? some(Self.categories, 30) : [],
          handles: chance(30) ? some(Self.categories, 40) : nil, region: chance(70) ? name() : nil,
          aliases: chance(30) ? [name()] : [], codes: chance(50) ? ["c-s\(number)"] : []))
    }
  }

  private mutating func addRegions() {
    for number in 0..<Int.random(in: 0...10, using: &random) {
      let within = contents.regions.randomElement(using: &random)?.id
      let isWithin = within != nil && chance(30)
      contents.regions.append(
        .init(
          id: "r\(number)", name: name(), isGrid: chance(60), station: isWithin ? nil : anyStation(),
          within: isWithin ? within : nil, aliases: chance(30) ? [name()] : []))
    }
  }

  private mutating func addDepartments() {
    for (number, category) in Self.categories.enumerated() where chance(80) {
      contents.departments.append(
        .init(
          id: "o\(number)", name: "\(category)局",
          level: [Congress.county, .county, .city, .provincial].randomElement(using: &random) ?? .county,
          categories: [category], jurisdiction: chance(30) ? [anyStation()] : []))
    }
  }

  private mutating func addDeputies() {
    for number in 0..<Int.random(in: 0...30, using: &random) {
      contents.deputies.append(
        .init(
          id: "d\(number)", name: name(), level: chance(80) ? Congress.allCases.randomElement(using: &random) : nil,
          station: anyStation(), home: chance(30) ? anyStation() : nil, codes: ["c-d\(number)"]))
    }
  }

  private mutating func anyStation() -> String { contents.stations.randomElement(using: &random)?.id ?? "s0" }

  /// Something that a citizen may have sent, right or wrong.
  mutating func assignment(by directory: Directory) -> Assignment {
    let ids = contents.stations.map(\.id) + contents.regions.map(\.id) + contents.deputies.map(\.id) + ["gone"]
    let codes = ["c-s1", "c-s2", "c-s3", "c-d0", "c-d1", "c-d2", "?"]
    let address = (0..<Int.random(in: 0...6, using: &random)).map { _ in name() }.joined(
      separator: chance(50) ? "" : "路")
    let scan = Scan(
      standing: chance(80) ? .valid : .revoked, kind: chance(50) ? .deputy : .station,
      holder: ids.randomElement(using: &random))
    return directory.assign(
      code: chance(40) ? codes.randomElement(using: &random) : nil, scan: chance(20) ? scan : nil,
      address: chance(60) ? address : nil, region: chance(50) ? ids.randomElement(using: &random) : nil,
      category: (Self.categories + ["其他"]).randomElement(using: &random) ?? "其他", doubt: chance(20) ? "拿不准" : nil,
      on: County.today)
  }
}
