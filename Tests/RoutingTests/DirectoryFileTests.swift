import Cases
import Foundation
import Routing
import Testing

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
