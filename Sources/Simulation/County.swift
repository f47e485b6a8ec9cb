package import Cases
package import Time

/// An invented county of the size of Julu's: one station of the county, eleven of townships, seventy-two of villages, and
/// 865 deputies of five levels, most of whom live in the county seat (87 of a hundred county deputies, 64 of a hundred
/// township deputies).
package enum County {
  static let townships = 11
  static let villages = 72
  static let deputies: [(level: Congress, count: Int)] = [
    (.national, 1), (.provincial, 4), (.city, 20), (.county, 210), (.township, 630),
  ]

  /// - Parameter day: when the residences of floating deputies were confirmed.
  package static func directory(on day: CalendarDate) throws(InvalidDirectory) -> Directory {
    var contents = Directory.Contents(profile: .everyVillage)
    contents.stations = [Directory.Station(id: "county", name: "平湖县代表联络总站", level: .county, region: "平湖县")]
    for township in 1...townships {
      contents.stations.append(
        Directory.Station(
          id: "t\(township)", name: "第\(township)镇代表联络站", level: .township, parent: "county",
          handles: ["城乡建设", "农村农业", "民政"], region: "第\(township)镇", codes: ["S-t\(township)"]))
    }
    for village in 1...villages {
      contents.stations.append(
        Directory.Station(
          id: "v\(village)", name: "第\(village)村代表联络站", level: .village,
          parent: "t\((village - 1) % townships + 1)", region: "第\(village)村", codes: ["S-v\(village)"],
          head: "county-\(village)"))
    }
    contents.departments = [
      Directory.Department(id: "zjj", name: "县住房和城乡建设局", categories: ["城乡建设"]),
      Directory.Department(id: "nyj", name: "县农业农村局", categories: ["农村农业"]),
      Directory.Department(id: "jyj", name: "县教育局", categories: ["教育文体"]),
      Directory.Department(id: "rsj", name: "县人力资源和社会保障局", categories: ["劳动和社会保障", "民政"]),
      Directory.Department(id: "wjj", name: "县卫生健康局", categories: ["卫生计生"]),
      Directory.Department(id: "jtj", name: "县交通运输局", categories: ["交通运输"]),
      Directory.Department(id: "shj", name: "市生态环境局", level: .city, categories: ["环境保护"]),
    ]
    for (level, count) in deputies {
      for number in 1...count { contents.deputies.append(deputy(number, level, on: day)) }
    }
    return try Directory(version: "simulated-1", contents: contents)
  }

  private static func deputy(_ number: Int, _ level: Congress, on day: CalendarDate) -> Directory.Deputy {
    let id = "\(level.rawValue)-\(number)"
    let home = "v\((number - 1) % villages + 1)"
    let floating =
      switch level {
      case .county: number % 100 < 87
      case .township: number % 100 < 64
      case .city, .provincial, .national: false
      }
    // The first villages are the county seat's.
    let residence = "v\(number % 6 + 1)"
    var deputy = Directory.Deputy(
      id: id, name: "代表\(level.word)\(number)", level: level, station: home, codes: ["D-\(id)"])
    if floating, residence != home {
      (deputy.home, deputy.residence, deputy.confirmed) = (home, residence, day)
    }
    if level == .county || level == .township { deputy.contacts = Directory.Deputy.Contacts(voters: 5) }
    return deputy
  }
}
