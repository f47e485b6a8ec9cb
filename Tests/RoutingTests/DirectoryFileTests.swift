import Cases
import Foundation
import Routing
import Testing
import Time

struct DirectoryFileTests {
  let good = """
    version: 2026-1
    stations:
      - {id: county, name: 县总站, level: county}
      - id: town
        name: 柳河镇联络站
        level: township
        parent: county
        region: 柳河镇
        aliases: [柳河]
        codes: [007]
        duty: 每周三 9:00–11:30
    departments:
      - {id: schools, name: 教育局, categories: [教育文体]}
    deputies:
      - {id: d1, name: 周某, station: town, codes: [D1]}
    """

  func faults(_ yaml: String) -> [String] {
    do {
      _ = try DirectoryFile.parse(yaml, file: "d.yaml")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test func `a directory is read`() throws {
    let directory = try DirectoryFile.parse(good, file: "d.yaml")
    #expect(directory.version == "2026-1")
    #expect(directory.county.id == "county")
    let town = Directory.Station(
      id: "town", name: "柳河镇联络站", level: .township, parent: "county", region: "柳河镇", aliases: ["柳河"], codes: ["007"],
      duty: "每周三 9:00–11:30")
    #expect(directory.station("town") == town)
    #expect(directory.holder(ofCode: "007") == .station(town))
    #expect(directory.holder(ofCode: "D1")?.station == town)
    #expect(directory.department(inChargeOf: "教育文体")?.name == "教育局")
  }

  @Test func `without a version one is worked out of the contents`() throws {
    let bare = good.replacing("version: 2026-1\n", with: "")
    let version = try DirectoryFile.parse(bare, file: "a.yaml").version
    #expect(version.wholeMatch(of: /sha256-[0-9a-f]{12}/) != nil)
    #expect(try DirectoryFile.parse(bare, file: "b.yaml").version == version)
    #expect(try DirectoryFile.parse(bare.replacing("周某", with: "林某"), file: "a.yaml").version != version)
  }

  @Test(arguments: [
    ("codes: [007]", "code: 007", "d.yaml:10: a station has the unknown key code"),
    ("version: 2026-1", "Version: 2026-1", "d.yaml:1: the directory has the unknown key Version"),
    ("{id: schools, name: 教育局,", "{id: schools,", "d.yaml:13: a department has no name"),
    ("station: town,", "", "d.yaml:15: a deputy has no station"),
    (
      "level: township", "level: town",
      "d.yaml:6: level is none of city, county, district, township, street, village, community, grid-post"
    ),
    ("aliases: [柳河]", "aliases: 柳河", "d.yaml:9: aliases is not a list"),
    ("aliases: [柳河]", "aliases: [{}]", "d.yaml:9: one of aliases is not text"),
    ("region: 柳河镇", "region:", "d.yaml:8: region is not text"),
    ("duty: 每周三 9:00–11:30", "duty: [a]", "d.yaml:11: duty is not text"),
    ("duty: 每周三 9:00–11:30", "duty: \"  \"", "d.yaml:4: station town has an empty duty"),
    (
      "- {id: d1, name: 周某, station: town, codes: [D1]}", "- d1",
      "d.yaml:15: a deputy is not a mapping of keys to values"
    ),
    ("parent: county", "parent: nowhere", "d.yaml:4: station town has the unknown parent nowhere"),
    ("parent: county", "parent: town", "d.yaml:4: station town is its own ancestor: town → town"),
    ("codes: [D1]", "codes: [007]", "d.yaml:15: code 007 of deputy d1 stands twice"),
    ("[教育文体]", "[]", "d.yaml:13: department schools has no category"),
    ("level: county", "level: village, parent: town", "d.yaml:1: there is no station of level county"),
  ])
  func `a fault is told with file and line`(right: String, wrong: String, expected: String) {
    #expect(faults(good.replacing(right, with: wrong)).first == expected)
  }

  @Test func `all faults are told at once`() {
    let broken = good.replacing("codes: [D1]", with: "codes: [007]").replacing("[教育文体]", with: "[]")
    #expect(
      faults(broken) == [
        "d.yaml:13: department schools has no category", "d.yaml:15: code 007 of deputy d1 stands twice",
      ])
  }

  @Test func `what is not YAML is told with its line`() {
    #expect(faults("stations:\n  - {id: a\n").first?.hasPrefix("d.yaml:3: not YAML: ") == true)
    #expect(faults("\nversion: 1\nversion: 2\n") == ["d.yaml:2: in one mapping stands twice: version"])
    #expect(faults("") == ["d.yaml: the file is empty"])
    #expect(faults("just text") == ["d.yaml:1: the directory is not a mapping of keys to values"])
    #expect(faults("{}") == ["d.yaml:1: there is no station of level county"])
  }

  let stations = """
    profile: 1+11+N
    stations:
      - {id: county, name: 县总站, level: county}
      - {id: town, name: 柳河镇联络站, level: township, parent: county, closed: [2026-05-04, 2026-10-08/2026-10-09]}
      - {id: edu, name: 教育站, level: township, parent: county, kind: education, categories: [教育文体], handles: []}
    regions:
      - {id: zone, name: 开发区, station: town, aliases: [高新区]}
    grids:
      - {id: g1, name: 一网格, region: zone}
    """
  let people = """
    version: 2026-2
    departments:
      - {id: schools, name: 市教育局, level: city, categories: [教育文体], jurisdiction: [zone]}
    deputies:
      - id: d1
        name: 周某
        level: county
        station: town
        grid: g1
        home: edu
        residence: town
        confirmed: 2026-08-01
        skills: [群众矛盾调解员]
        groups: [{name: 帮搬团, reason: 就业}]
        contacts: {voters: 5, households: 12, deputies: [d2]}
        head-of: town
      - {id: d2, name: 林某, station: town, grid: g1}
    """

  private func check(_ stations: String, _ people: String, profile: String? = nil) -> DirectoryFile.Report {
    DirectoryFile.check(
      [("stations.yaml", stations), ("people.yaml", people)], profile: profile, today: CalendarDate("2026-09-24"))
  }

  @Test func `one directory may stand in several files, with all that one can say`() throws {
    let report = check(stations, people)
    #expect(
      report.warnings.map(\.description) == ["people.yaml:5: deputy d1 keeps in touch with 1 deputies, not 3 to 5"])
    let directory = try #require(report.directory)
    #expect(directory.version == "2026-2" && directory.profile == .floating)
    #expect(directory.station("town")?.closed == ["2026-05-04", "2026-10-08/2026-10-09"].compactMap { DateRange($0) })
    #expect(directory.station("edu")?.handles == [] && directory.station("town")?.handles == nil)
    #expect(directory.region("zone")?.aliases == ["高新区"] && directory.region("g1")?.isGrid == true)
    #expect(
      directory.department("schools")?.jurisdiction == ["zone"] && directory.department("schools")?.level == .city)
    guard case .deputy(let deputy, _)? = directory.deputy("d1") else {
      Issue.record("no deputy")
      return
    }
    #expect(
      deputy
        == Directory.Deputy(
          id: "d1", name: "周某", level: .county, station: "town", grid: "g1", home: "edu", residence: "town",
          confirmed: CalendarDate("2026-08-01"), skills: ["群众矛盾调解员"], groups: [.init(name: "帮搬团", reason: "就业")],
          contacts: .init(voters: 5, households: 12, deputies: ["d2"]), headOf: "town"))
    let town = try #require(directory.station("town"))
    #expect(directory.head(of: town) == deputy)
  }

  @Test func `a profile that is asked for comes before the files'`() {
    #expect(check(stations, people, profile: "general").warnings.isEmpty)
    #expect(
      check(stations, people, profile: "here").errors.map(\.description)
        == ["the profile here is none of general, 1+11+72, 1+11+N"])
  }

  @Test(arguments: [
    (
      "profile: 1+11+N", "profile: elsewhere",
      "stations.yaml:1: the profile elsewhere is none of general, 1+11+72, 1+11+N"
    ),
    ("profile: 1+11+N", "version: 1", "people.yaml:1: another file has named the version already"),
    (
      "2026-05-04,", "5月4日,",
      "stations.yaml:4: one of closed is not a date of the form YYYY-MM-DD, or two with a slash between"
    ),
    ("region: zone", "region: gone", "stations.yaml:9: grid g1 is in the unknown region gone"),
    ("station: town, aliases", "station: gone, aliases", "stations.yaml:7: region zone is at the unknown station gone"),
    ("confirmed: 2026-08-01", "confirmed: last week", "people.yaml:12: confirmed is not a date of the form YYYY-MM-DD"),
    ("level: city", "level: town", "people.yaml:3: level is none of township, county, city, provincial, national"),
    ("households: 12", "households: many", "people.yaml:15: households must be a whole number, is many"),
    ("reason: 就业", "why: 就业", "people.yaml:14: a group has the unknown key why"),
    ("name: 林某", "name: ' '", "people.yaml:17: deputy d2 has an empty name"),
    (
      "station: town, grid: g1}", "station: gone, grid: g1}", "people.yaml:17: deputy d2 is at the unknown station gone"
    ),
    (
      "jurisdiction: [zone]", "jurisdiction: [gone]",
      "people.yaml:3: department schools is limited to the unknown station or region gone"
    ),
  ])
  func `a fault in one of several files is told with the right one`(right: String, wrong: String, expected: String) {
    let report = check(stations.replacing(right, with: wrong), people.replacing(right, with: wrong))
    #expect(report.errors.first?.description == expected)
    #expect(report.directory == nil)
  }

  @Test func `a file that can't be read is named`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "huiyin-directory-file-tests")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let missing = folder.appending(path: "none.yaml").path
    #expect(throws: InvalidDirectory([.init(file: missing, message: "can't be read")])) {
      try DirectoryFile.read(missing)
    }
    let binary = folder.appending(path: "binary.yaml")
    try Data([0x61, 0xff]).write(to: binary)
    #expect(throws: InvalidDirectory([.init(file: binary.path, message: "not valid UTF-8")])) {
      try DirectoryFile.read(binary.path)
    }
  }
}
