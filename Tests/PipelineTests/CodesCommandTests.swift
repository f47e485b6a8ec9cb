import Assembly
import Cases
import Codes
import Foundation
import PrintedCodes
import Testing

/// What an operator does with `huiyin codes`.
@Suite struct `Codes of an operator` {
  private let folder: TemporaryFolder
  private let environment: [String: String]

  private struct Line: Decodable {
    let id, kind, holder, standing, token, address: String
    let serial: Int
    let until: String?
  }

  init() throws {
    folder = try TemporaryFolder()
    let directory = try folder.write(
      """
      stations:
        - {id: county, name: 县总站, level: county}
        - {id: liuhe, name: 柳河镇代表联络站, level: township, parent: county, duty: 每周三上午}
      deputies:
        - {id: d1, name: 周某, station: liuhe}
        - {id: d2, name: 林某, station: county}
      """, to: "directory.yaml")
    environment = [
      "HUIYIN_DATA": folder.path("data"), "HUIYIN_DIRECTORY": directory,
      "HUIYIN_PUBLIC_URL": "https://example.org/feedback/",
    ]
  }

  private func codes(_ arguments: String..., with more: [String: String] = [:]) throws -> Executables.Result {
    try Executables.run("huiyin", ["codes"] + arguments, environment.merging(more) { $1 })
  }

  private func list() throws -> [Line] {
    try codes("list", "--json").output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  private func files(_ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(name)).sorted()
  }

  @Test func `all codes of a directory are made once, also while the pipeline runs in the data folder`() throws {
    let lock = try DataFolder(folder.path("data"), name: "pipeline", owner: true)
    #expect(try codes("create", "--all").output == "made 4 codes; 0 were there already\n")
    #expect(try codes("create", "--all").output == "made 0 codes; 4 were there already\n")
    withExtendedLifetime(lock) {}
    let lines = try list()
    #expect(lines.map(\.holder) == ["d1", "d2", "county", "liuhe"])
    #expect(lines.allSatisfy { $0.standing == "valid" && $0.address == "https://example.org/feedback/q/\($0.token)" })
    let table = try codes("list").output
    #expect(table.contains("\(lines[0].id)  valid  deputy · d1\n"))
  }

  @Test func `a code revoked by id, token or address stays so, and is followed by another`() throws {
    _ = try codes("create", "--all")
    let before = try list()
    let names = [before[0].id, before[1].token, before[2].address]
    let revoked = try codes("revoke", names[0], names[1], names[2], names[0], "--reason", "遗失")
    #expect(revoked.output == before.prefix(3).map { "\($0.id): revoked\n" }.joined())
    #expect(try codes("revoke", names[0], "--reason", "换届").output.contains("was revoked already"))
    #expect(try list().map(\.standing) == ["revoked", "revoked", "revoked", "valid"])
    #expect(try codes("list").output.contains(": 遗失"))
    let forged = String(before[3].token.dropLast()) + (before[3].token.last == "2" ? "3" : "2")
    for name in [forged, "nonsense", "23456789ABCDEFGH"] {
      let result = try codes("revoke", before[3].id, name, "--reason", "试")
      #expect(result.status == 1 && result.errors.contains("nothing was done"))
    }
    #expect(try list().map(\.standing) == ["revoked", "revoked", "revoked", "valid"])
    #expect(try codes("create", "--all").output == "made 3 codes; 1 were there already\n")
    #expect(try list().map(\.serial) == [1, 2, 1, 2, 1, 2, 1])
  }

  @Test func `a code for a time and a place says until when`() throws {
    let made = try codes(
      "create", "--activity", "代表进景区", "--station", "liuhe", "--place", "入口", "--category", "教育文体", "--from",
      "2020-10-01",
      "--until", "2020-10-07")
    #expect(made.status == 0, "\(made.errors)")
    let line = try #require(try list().first)
    #expect(made.output.hasPrefix("\(line.id)  \(line.token)\n"))
    #expect(line.kind == "activity" && line.standing == "expired" && line.until == "2020-10-08T00:00:00+08:00")
    let render = try codes("render", line.id, "--output", folder.path("out"))
    #expect(render.status == 1 && render.errors.contains("\(line.id) is expired: nothing was written"))
  }

  @Test(.enabled(if: PrintedCodes.canRead, Comment(rawValue: PrintedCodes.missing)))
  func `what is written for a code can be read back and is that code's address`() throws {
    let made = try codes(
      "create", "--all", "--render", folder.path("out"), "--format", "png", "--format", "board-a6", "--format",
      "board-a4",
      "--scale", "5")
    #expect(made.output.hasSuffix("wrote 12 files to \(folder.path("out"))\n"), "\(made.errors)")
    let lines = try list()
    let names = lines.map { "\($0.kind)-\($0.holder)-\($0.id)" }
    #expect(try files("out") == names.flatMap { ["\($0).a4.html", "\($0).a6.html", "\($0).png"] }.sorted())
    let images = try names.map { Array(try Data(contentsOf: URL(filePath: folder.path("out/\($0).png")))) }
    #expect(try PrintedCodes.read(images) == lines.map(\.address))
    _ = try codes("revoke", lines[0].id, "--reason", "遗失")
    #expect(try codes("render", "--all", "--output", folder.path("again")).status == 0)
    #expect(try files("again") == names.dropFirst().map { "\($0).svg" }.sorted())
  }

  @Test func `keys given by the operator are the same everywhere and can be replaced`() throws {
    let old = ["HUIYIN_CODE_KEYS": "A:0123456789abcdef"]
    let made = try codes("create", "--deputy", "d1", with: old)
    let line = try #require(made.output.split(separator: "\n").first).split(separator: " ").map(String.init)
    let file = try folder.write("B:fedcba9876543210\nA:0123456789abcdef\n", to: "keys")
    let both = ["HUIYIN_CODE_KEYS": file]
    #expect(try codes("create", "--deputy", "d1", with: both).output.contains("made 0 codes"))
    #expect(try codes("revoke", line[1], "--reason", "试", with: ["HUIYIN_CODE_KEYS": "B:fedcba9876543210"]).status == 1)
    #expect(try codes("revoke", line[1], "--reason", "试", with: both).output == "\(line[0]): revoked\n")
  }

  @Test(arguments: [
    (["--deputy", "d9"], "the directory has no deputy d9"),
    (["--station", "d1"], "the directory has no station d1"),
    (["--activity", "日", "--station", "nowhere"], "the directory has no station nowhere"),
    (["--deputy", "d1", "--category", "天气"], "there is no category 天气"),
    (["--deputy", "d1", "--place", " "], "nothing was made: data.place is empty"),
    (["--deputy", "d1", "--from", "2026-10-02", "--until", "2026-10-01"], "data.until is not after data.from"),
    (["--deputy", "d1", "--from", "tomorrow"], "--from tomorrow is neither"),
    (["--deputy", "d1", "--all"], "give one of"),
    (["--activity", "日", "--deputy", "d1"], "--activity needs --station"),
    (["--place", "门"], "give one of"), (["--all", "--scale", "0"], "--scale 0 is not from 1 to 64"),
  ])
  func `what can't be made is told, and nothing is`(arguments: [String], reason: String) throws {
    let result = try Executables.run("huiyin", ["codes", "create"] + arguments, environment)
    #expect(result.status != 0 && result.errors.contains(reason), "\(result.errors)")
    #expect(try list().isEmpty)
  }

  @Test(arguments: [
    ("HUIYIN_PUBLIC_URL", "", "HUIYIN_PUBLIC_URL is not set"),
    ("HUIYIN_PUBLIC_URL", "example.org", "HUIYIN_PUBLIC_URL is"),
    ("HUIYIN_PUBLIC_URL", "https://example.org/?q", "without user, query and fragment"),
    ("HUIYIN_CODE_KEYS", "mysecretmysecretmysecret", "HUIYIN_CODE_KEYS is neither"),
    ("HUIYIN_CODE_KEYS", "A:mysecret", "HUIYIN_CODE_KEYS: the secret of key 1 has fewer than 16 bytes"),
  ])
  func `a bad setting is named before anything is made, and no secret is shown`(
    variable: String, value: String, reason: String
  ) throws {
    let result = try codes("create", "--all", "--render", folder.path("out"), with: [variable: value])
    #expect(result.status == 1 && result.errors.contains(reason), "\(result.errors)")
    #expect(!result.errors.contains("mysecret"))
    #expect(try list().isEmpty)
  }
}
