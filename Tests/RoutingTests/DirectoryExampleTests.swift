import Cases
import Routing
import Testing
import Time

/// The invented county that an operator begins with.
struct DirectoryExampleTests {
  @Test(arguments: ["2026-09-24", "2026-01-01", "2028-02-29", "9999-12-31"])
  func `the example passes its own check without a warning, on any day`(day: String) throws {
    let day = try #require(CalendarDate(day))
    let report = DirectoryFile.check([("example.yaml", DirectoryExample.yaml(on: day))], today: day)
    #expect(report.errors.map(\.description) == [] && report.warnings.map(\.description) == [])
    let directory = try #require(report.directory)
    #expect(directory.profile == .floating)
    #expect(Set(directory.deputies.compactMap(\.level)) == Set(Congress.allCases))
    #expect(Set(directory.departments.map(\.level)) == [.county, .city, .provincial])
    #expect(directory.stations.contains { directory.line(of: $0.id).count == 4 })
    #expect(directory.stations.contains { $0.kind == "education" })
    #expect(directory.sites.count == directory.stations.count - 1)
    #expect(directory.deputies.contains { $0.isFloating })
    #expect(directory.stations.contains { $0.closed.count == 2 })
  }

  @Test func `the example is the same for the same day, and says what it is`() throws {
    let day = try #require(CalendarDate("2026-09-24"))
    let yaml = DirectoryExample.yaml(on: day)
    #expect(yaml == DirectoryExample.yaml(on: day))
    #expect(yaml.contains("虚构") && yaml.contains("confirmed: 2026-09-01"))
  }

  @Test func `the example is the same out of its entries`() throws {
    let day = try #require(CalendarDate("2026-09-24"))
    let directory = try DirectoryFile.parse(DirectoryExample.yaml(on: day), file: "example.yaml")
    #expect(try Directory(entries: directory.entries) == directory)
  }
}
