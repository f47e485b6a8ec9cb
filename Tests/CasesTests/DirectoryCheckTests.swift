import Cases
import Testing
import Time

/// What is wrong with a directory, and what someone should look after: each rule by itself.
struct DirectoryCheckTests {
  typealias Station = Directory.Station
  typealias Deputy = Directory.Deputy

  @Test func `the county is without a fault`() {
    #expect(County.faults { _ in }.isEmpty)
  }

  @Test(arguments: [
    ([Station.Level.county, .district, .township, .village, .gridPost], true),
    ([.city, .county, .street, .community, .gridPost], true), ([.district, .street, .community], true),
    ([.street, .community], true), ([.county, .village], false), ([.county, .township, .gridPost, .village], false),
    ([.county, .township, .township], false), ([.township, .county], false),
  ])
  func `stations form a tree of any depth, each below one that may stand above it`(
    levels: [Station.Level], isRight: Bool
  ) {
    let stations = levels.enumerated().map { index, level in
      Station(id: "s\(index)", name: "站", level: level, parent: index == 0 ? nil : "s\(index - 1)")
    }
    let check = Directory.Check(Directory.Contents(stations: stations))
    #expect(check.errors.isEmpty == isRight, "\(check.errors)")
    if isRight { #expect(check.root?.id == "s0") }
  }

  @Test func `a specialised station may hang below any higher one`() {
    let station = Station(
      id: "x", name: "工业活动室", level: .village, parent: "county", kind: "industry", categories: ["经济管理"])
    #expect(County.faults { $0.stations.append(station) }.isEmpty)
    var general = station
    (general.kind, general.categories) = (Station.general, [])
    #expect(
      County.faults { $0.stations.append(general) }
        == ["error: station x of level village has a parent of level county, not township"])
  }

  @Test func `a general station takes no category of its own`() {
    #expect(
      County.faults { $0.stations["edu"].kind = "general" }
        == ["error: station edu takes categories, which only one of another kind than general does"])
  }

  @Test func `two stations that take one category from the same land are told`() {
    let second = Station(
      id: "edu2", name: "教育二站", level: .township, parent: "county", kind: "education", categories: ["教育文体"])
    #expect(
      County.faults { $0.stations.append(second) } == ["warning: station edu2 takes 教育文体, which edu takes already"])
  }

  @Test func `kinds, sites and categories of stations can't be empty`() {
    #expect(
      County.faults {
        $0.stations["liu"].kind = " "
        $0.stations["liu"].site = ""
        $0.stations["liu"].handles = [""]
      } == [
        "error: station liu has an empty site", "error: station liu has an empty kind",
        "error: station liu has an empty category",
      ])
  }

  @Test func `a region is served by a known station, or lies in a known region`() {
    let regions = [
      Directory.Region(id: "a", name: "甲", station: "gone"), Directory.Region(id: "b", name: "乙", within: "gone"),
      Directory.Region(id: "c", name: "丙"),
    ]
    #expect(
      County.faults { $0.regions += regions } == [
        "error: region a is at the unknown station gone", "error: region b is in the unknown region gone",
        "error: region c has neither a station nor a region around it",
      ])
  }

  @Test func `a region that lies in itself is told, and departments there are checked all the same`() {
    let regions = [
      Directory.Region(id: "a", name: "甲", within: "b"), Directory.Region(id: "b", name: "乙", within: "a"),
    ]
    let departments = ["x", "y"].map {
      Directory.Department(id: $0, name: "局", categories: ["民政"], jurisdiction: [$0 == "x" ? "a" : "b"])
    }
    #expect(
      County.faults {
        $0.regions += regions
        $0.departments += departments
      } == [
        "error: region a lies in itself: a → b → a", "error: region b lies in itself: b → a → b",
        "error: category 民政 of department y is already that of x",
      ])
  }

  @Test func `a grid without a deputy is told`() {
    let grid = Directory.Region(id: "g3", name: "李村二网格", isGrid: true, station: "li")
    #expect(County.faults { $0.regions.append(grid) } == ["warning: grid g3 has no deputy"])
  }

  @Test func `a deputy without a grid is told where there are grids`() {
    #expect(County.faults { $0.deputies["d1"].grid = nil } == ["warning: deputy d1 has no grid"])
    #expect(
      County.faults {
        $0.regions = []
        $0.departments = []
        for index in $0.deputies.indices { $0.deputies[index].grid = nil }
      }.isEmpty)
  }

  @Test func `a deputy's grid is a known one, and a grid`() {
    #expect(County.faults { $0.deputies["d1"].grid = "gone" } == ["error: deputy d1 is in the unknown grid gone"])
    #expect(County.faults { $0.deputies["d1"].grid = "zone" } == ["error: deputy d1 is in the unknown grid zone"])
  }

  @Test(arguments: [
    (["liu"], ["yun"], true), (["liu"], ["li"], false), (["li"], ["liu", "yun"], false), (["zone"], ["liu"], false),
    (["zone"], ["li"], true), (["g2"], ["zone"], false), ([], ["liu"], false), ([], [], false),
  ])
  func `departments share a category only where their land does not overlap`(
    one: [String], other: [String], isRight: Bool
  ) {
    let faults = County.faults {
      $0.departments.append(.init(id: "x", name: "甲局", categories: ["民政"], jurisdiction: one))
      $0.departments.append(.init(id: "y", name: "乙局", categories: ["民政"], jurisdiction: other))
    }
    #expect(faults == (isRight ? [] : ["error: category 民政 of department y is already that of x"]))
  }

  @Test func `a higher level's department may have what the county's has, too`() {
    #expect(
      County.faults { $0.departments.append(.init(id: "x", name: "市教育局", level: .city, categories: ["教育文体"])) }.isEmpty)
  }

  @Test func `departments are limited to known places, of the county or above it, and say no category twice`() {
    let department = Directory.Department(
      id: "x", name: "局", level: .township, categories: ["民政", "民政"], jurisdiction: ["gone"])
    #expect(
      County.faults { $0.departments.append(department) } == [
        "error: department x is of level township, below the county",
        "error: department x is limited to the unknown station or region gone",
        "error: category 民政 of department x stands twice",
      ])
  }

  @Test func `a station has one head, whether said there or with the deputy`() {
    #expect(
      County.faults {
        $0.stations["li"].head = "d1"
        $0.deputies["d1"].headOf = "li"
      }.isEmpty)
    #expect(
      County.faults {
        $0.stations["li"].head = "d1"
        $0.deputies["d4"].headOf = "li"
      } == ["error: station li has 2 heads: d1, d4"])
    #expect(
      County.faults {
        $0.stations["li"].head = "gone"
        $0.deputies["d1"].headOf = "nowhere"
      } == ["error: deputy d1 is head of the unknown station nowhere", "error: station li has the unknown head gone"])
  }

  @Test func `a head who is elsewhere, or head of two stations, is told`() {
    #expect(
      County.faults {
        $0.stations["liu"].head = "d1"
        $0.stations["li"].head = "d1"
      } == [
        "warning: station liu has the head d1, who is at station li",
        "warning: station li has the head d1, who is head of liu already",
      ])
  }

  @Test func `homes and residences are known stations, and there is no residence without a home`() {
    #expect(
      County.faults { $0.deputies["d2"].home = "gone" }.first
        == "error: deputy d2 is elected at the unknown station gone")
    #expect(
      County.faults { $0.deputies["d2"].residence = "gone" }.first
        == "error: deputy d2 is living at the unknown station gone")
    #expect(
      County.faults { $0.deputies["d2"].home = nil }
        == ["error: deputy d2 has a residence and no home, so it can't be told where the deputy was elected"])
  }

  @Test func `a floating deputy who is at neither of both stations is told`() {
    #expect(
      County.faults { $0.deputies["d2"].station = "county" }
        == ["warning: floating deputy d2 is at a station of neither home nor residence"])
  }

  @Test(arguments: [
    ("2026-09-24", nil), ("2026-03-25", nil), ("2026-03-24", nil),
    ("2026-03-23", "last confirmed on 2026-03-23, over half a year ago"),
    ("2026-09-25", "confirmed on 2026-09-25, which is yet to come"),
  ])
  func `a floating deputy's residence is confirmed every half-year`(confirmed: String, fault: String?) {
    let faults = County.faults { $0.deputies["d2"].confirmed = County.day(confirmed) }
    #expect(faults == (fault.map { ["warning: the residence of floating deputy d2 was \($0)"] } ?? []))
  }

  @Test func `time makes a warning, never an error, and only where the day is known`() {
    #expect(County.faults(today: nil) { $0.deputies["d2"].confirmed = County.day("2001-01-01") }.isEmpty)
    #expect(
      County.faults(today: .latest, .floating) { $0.deputies.removeAll { $0.level == .county && $0.id != "d2" } }
        .allSatisfy { $0.hasPrefix("warning:") })
  }

  @Test func `a residence that was never confirmed is a warning, and an error where the profile asks for it`() {
    let message = "the residence of floating deputy d2 was never confirmed"
    #expect(County.faults { $0.deputies["d2"].confirmed = nil } == ["warning: \(message)"])
    #expect(County.faults(.floating) { $0.deputies["d2"].confirmed = nil }.contains("error: \(message)"))
  }

  @Test func `deputies keep in touch with known others, each once`() {
    #expect(
      County.faults { $0.deputies["d1"].contacts = .init(voters: -1, deputies: ["gone", "d1", "d2", "d2"]) } == [
        "error: deputy d1 keeps in touch with the unknown deputy gone",
        "error: deputy d1 can't keep in touch with itself", "error: deputy d1 can't keep in touch with d2 twice",
        "error: deputy d1 keeps in touch with -1, less than none",
      ])
  }

  @Test(arguments: [
    (Directory.Profile.everyVillage, Congress.county, Deputy.Contacts(voters: 5), nil),
    (.everyVillage, .township, .init(voters: 4), "4 voters, not 5"), (.everyVillage, .city, .init(), nil),
    (.floating, .county, .init(deputies: ["d2", "d3"]), "2 deputies, not 3 to 5"),
    (.floating, .county, .init(deputies: ["d2", "d3", "d4"]), nil),
    (.floating, .township, .init(households: 9), "9 households, not 10 to 20"),
    (.floating, .township, .init(households: 20), nil), (.floating, .township, .init(), "0 households, not 10 to 20"),
    (.general, .county, .init(voters: 100), nil),
  ])
  func `fixed contacts stay within the profile's bounds`(
    profile: Directory.Profile, level: Congress, contacts: Deputy.Contacts, fault: String?
  ) {
    let faults = County.faults(profile) {
      ($0.deputies["d1"].level, $0.deputies["d1"].contacts) = (level, contacts)
    }
    let expected = fault.map { ["warning: deputy d1 keeps in touch with \($0)"] } ?? []
    #expect(faults.filter { $0.contains("deputy d1 keeps") } == expected)
  }

  @Test func `where every village has a station, a county deputy heads each, and every deputy is in one`() {
    let faults = County.faults(.everyVillage) {
      $0.stations["li"].head = "d1"
      $0.stations["cha"].head = "d3"
      $0.deputies["d4"].station = "liu"
    }
    let errors = faults.filter { $0.hasPrefix("error:") }
    #expect(
      errors == [
        "error: deputy d4 is at station liu, which is not a village's or a community's",
        "error: station cha is not headed by a county deputy",
      ])
  }

  @Test func `skills, groups and their reasons can't be empty`() {
    #expect(
      County.faults { $0.deputies["d1"].groups = [.init(name: "帮搬团", reason: " ")] }
        == ["error: deputy d1 has an empty skill, group or reason"])
  }

  @Test func `several signs on one site are counted once, under the highest`() throws {
    let directory = try County.directory {
      $0.stations["li"].site = "李村服务中心"
      $0.stations["post"].site = "李村服务中心"
    }
    #expect(directory.stations.count == 8 && directory.sites.count == 7)
    #expect(directory.sites.first { $0.stations.count == 2 }?.stations.map(\.id) == ["li", "post"])
    #expect(directory.counts[0] == "stations: 8 (county 1, township 3, village 3, grid-post 1), 2 of them specialised")
    #expect(directory.counts[1] == "sites: 7 (county 1, township 3, village 3)")
  }
}
