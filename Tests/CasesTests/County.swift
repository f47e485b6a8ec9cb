import Cases
import Time

/// An invented county with everything that a directory can say.
enum County {
  typealias Station = Directory.Station
  typealias Region = Directory.Region
  typealias Department = Directory.Department
  typealias Deputy = Directory.Deputy

  static let today = day("2026-09-24")

  static let contents = Directory.Contents(
    stations: [
      Station(id: "county", name: "县总站", level: .county, region: "青溪县", codes: ["C"]),
      Station(id: "liu", name: "柳河镇联络站", level: .township, parent: "county", region: "柳河镇", codes: ["L"]),
      Station(id: "li", name: "李村联络点", level: .village, parent: "liu", region: "李村", codes: ["V"]),
      Station(id: "post", name: "水口驿站", level: .gridPost, parent: "li"),
      Station(id: "yun", name: "云台镇联络站", level: .township, parent: "county", region: "云台镇"),
      Station(id: "cha", name: "茶园村联络点", level: .village, parent: "yun", region: "茶园村"),
      Station(id: "edu", name: "教育专业联络站", level: .township, parent: "county", kind: "education", categories: ["教育文体"]),
      Station(id: "peace", name: "柳河镇调解室", level: .village, parent: "liu", kind: "mediation", categories: ["政法"]),
    ],
    regions: [
      Region(id: "zone", name: "开发区", station: "liu"),
      Region(id: "g1", name: "李村一网格", isGrid: true, station: "li", aliases: ["滨河路"]),
      Region(id: "g2", name: "开发区网格", isGrid: true, within: "zone"),
    ],
    departments: [
      Department(id: "schools", name: "教育局", categories: ["教育文体"]),
      Department(id: "police", name: "政法委", categories: ["政法"]),
      Department(id: "roads", name: "交通局", categories: ["交通运输"]),
      Department(id: "zone-office", name: "开发区管委会", categories: ["经济管理"], jurisdiction: ["zone"]),
      Department(id: "yun-office", name: "云台山管理局", categories: ["经济管理"], jurisdiction: ["yun"]),
      Department(id: "nature", name: "市生态环境局", level: .city, categories: ["环境保护"]),
      Department(id: "land", name: "省自然资源厅", level: .provincial, categories: ["国土资源"]),
    ],
    deputies: [
      Deputy(id: "d1", name: "周某", level: .county, station: "li", grid: "g1", codes: ["D1"]),
      Deputy(
        id: "d2", name: "流某", level: .county, station: "cha", grid: "g2", home: "li", residence: "cha",
        confirmed: day("2026-08-01"), codes: ["D2"]),
      Deputy(id: "d3", name: "市甲", level: .city, station: "cha", grid: "g1"),
      Deputy(id: "d4", name: "市乙", level: .city, station: "li", grid: "g1"),
    ])

  static func directory(_ change: (inout Directory.Contents) -> Void = { _ in }) throws -> Directory {
    var contents = contents
    change(&contents)
    return try Directory(version: "1", contents: contents)
  }

  /// What a check of the county says after a change: each with `error:` or `warning:` before it.
  static func faults(
    today: CalendarDate? = today, _ profile: Directory.Profile = .general,
    _ change: (inout Directory.Contents) -> Void
  ) -> [String] {
    var contents = contents
    contents.profile = profile
    change(&contents)
    let check = Directory.Check(contents, today: today)
    return check.errors.map { "error: \($0)" } + check.warnings.map { "warning: \($0)" }
  }

  static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .earliest }
}

extension [Directory.Station] {
  subscript(id: String) -> Directory.Station {
    get { first { $0.id == id } ?? Directory.Station(id: id, name: id, level: .village) }
    set { if let index = firstIndex(where: { $0.id == id }) { self[index] = newValue } }
  }
}

extension [Directory.Deputy] {
  subscript(id: String) -> Directory.Deputy {
    get { first { $0.id == id } ?? Directory.Deputy(id: id, name: id, station: "county") }
    set { if let index = firstIndex(where: { $0.id == id }) { self[index] = newValue } }
  }
}
