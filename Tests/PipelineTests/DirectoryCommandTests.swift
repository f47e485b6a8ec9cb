import Testing

/// What an operator does with `huiyin directory check` and `huiyin directory example`.
@Suite struct `A directory of an operator` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func directory(_ arguments: String...) throws -> Executables.Result {
    try Executables.run("huiyin", ["directory"] + arguments, [:])
  }

  @Test func `the example is counted, and is without error or warning`() throws {
    let example = try directory("example", "--today", "2026-09-24")
    #expect(example.status == 0)
    let file = try folder.write(example.output, to: "directory.yaml")
    let check = try directory("check", file, "--today", "2026-09-24")
    #expect(check.status == 0)
    let lines = check.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("profile: 1+11+N"))
    #expect(lines.contains { $0.hasPrefix("stations: 14 (county 1, township 4, street 1") })
    #expect(lines.contains { $0.hasPrefix("sites: 13 (") })
    #expect(lines.contains("grids: 6"))
    #expect(lines.contains { $0.hasPrefix("deputies: 14 (national 1, provincial 1, city 2, county 4, township 6)") })
    #expect(lines.last == "0 errors, 0 warnings")
  }

  @Test func `a year later the floating deputy has to be confirmed, which is a warning`() throws {
    let file = try folder.write(try directory("example", "--today", "2026-09-24").output, to: "directory.yaml")
    let check = try directory("check", file, "--today", "2027-09-24")
    #expect(check.status == 0)
    #expect(check.output.contains("directory.yaml:") && check.output.contains("over half a year ago"))
    #expect(check.output.hasSuffix("0 errors, 1 warnings\n"))
  }

  @Test func `with an error it ends with status 1, and names the file and the line of every one`() throws {
    let stations = try folder.write(
      "stations:\n  - {id: county, name: 县总站, level: county}\n  - {id: a, name: 站, level: village, parent: b}\n",
      to: "stations.yaml")
    let deputies = try folder.write("deputies:\n  - {id: d, name: 周某, station: c}\n", to: "deputies.yaml")
    let check = try directory("check", stations, deputies, "--profile", "1+11+72")
    #expect(check.status == 1)
    #expect(check.output.contains("error: \(stations):3: station a has the unknown parent b\n"))
    #expect(check.output.contains("error: \(deputies):2: deputy d is at the unknown station c\n"))
    #expect(try directory("check", stations, "--profile", "elsewhere").status == 1)
    #expect(try directory("check", folder.path("none.yaml")).status == 1)
  }
}
