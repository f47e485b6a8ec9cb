import APIKeys
import ByteText
import Cases
import SeededRandom
import Testing
import YAMLForms

struct APIKeyFileTests {
  private static let digest = String(repeating: "ab", count: 32)

  @Test func `a file names clients with what they may do and how often`() throws {
    let text = "hy_1"
    let yaml = "public: true\nkeys:\n" + APIKey.line(name: "portal", text: text)
    let keys = try APIKeyFile.parse(yaml, file: "keys.yaml")
    #expect(keys.isPublic)
    let key = try #require(keys.key(text))
    #expect(key.name == "portal")
    #expect(key.scopes == [.submit, .open311])
    #expect(key.perMinute == 600)
    for other in ["", "hy_2", "hy_1 ", "HY_1", yaml] { #expect(keys.key(other) == nil) }
  }

  @Test func `who may read or command does so as somebody`() throws {
    func line(_ name: String, _ rest: String) -> String {
      let sha256 = ByteAlphabet.hexadecimal.text(of: APIKey.digest(of: name))
      return "  \(name): {sha256: \"\(sha256)\", perMinute: 60, \(rest)}\n"
    }
    let yaml =
      "keys:\n" + line("transport", "scopes: [read, command], actor: {role: department, holder: d07}")
      + line("map", "scopes: [read], actor: {role: supervisor}")
    let keys = try APIKeyFile.parse(yaml, file: "keys.yaml")
    #expect(keys.key("transport")?.actor == Actor(role: .department, id: "d07"))
    #expect(keys.key("transport")?.scopes == [.read, .command])
    #expect(keys.key("map")?.actor == Actor(role: .supervisor, id: "map"))
  }

  @Test func `a file without keys lets nobody in`() throws {
    let keys = try APIKeyFile.parse("public: false\n", file: "keys.yaml")
    #expect(!keys.isPublic)
    #expect(keys.key("") == nil)
  }

  @Test func `new keys differ and stand in no line`() {
    var generator = SeededGenerator(seed: 7)
    let keys = (0..<100).map { _ in APIKey.text(using: &generator) }
    #expect(Set(keys).count == 100)
    #expect(keys.allSatisfy { $0.utf8.count == 67 && $0.hasPrefix("hy_") })
    #expect(!APIKey.line(name: "a", text: keys[0]).contains(keys[0].dropFirst(3)))
  }

  @Test(arguments: [
    ("", nil as Int?, "empty"), ("[]", 1, "not a mapping"), ("public: maybe", 1, "public"),
    ("open: true", 1, "unknown key open"),
    ("keys: 3", 1, "keys"), ("keys:\n  Portal: {}", 2, "name"), ("keys:\n  a: 3", 2, "not a mapping"),
    ("keys:\n  a: {}", 2, "has no sha256"),
    ("keys:\n  a: {sha256: 12, scopes: [submit], perMinute: 1}", 2, "64 hexadecimal"),
    ("keys:\n  a: {sha256: \"\(digest)\", scopes: [all], perMinute: 1}", 2, "scopes"),
    ("keys:\n  a: {sha256: \"\(digest)\", scopes: [], perMinute: 1}", 2, "scopes"),
    ("keys:\n  a: {sha256: \"\(digest)\", scopes: [submit], perMinute: 0}", 2, "perMinute"),
    ("keys:\n  a: {sha256: \"\(digest)\", scopes: [submit], perMinute: 1, x: 1}", 2, "unknown key x"),
    (
      "keys:\n  a: {sha256: \"\(digest)\", scopes: [submit], perMinute: 1}\n"
        + "  b: {sha256: \"\(digest.uppercased())\", scopes: [submit], perMinute: 1}", 3, "same key"
    ),
    ("keys:\n  a: {sha256: \"\(digest)\", scopes: [read], perMinute: 1}", 2, "has an actor"),
    (
      "keys:\n  a: {sha256: \"\(digest)\", scopes: [command], perMinute: 1, actor: 3}", 2, "actor of a is not a mapping"
    ),
    (
      "keys:\n  a: {sha256: \"\(digest)\", scopes: [read], perMinute: 1, actor: {role: king}}", 2, "the role is none of"
    ),
    (
      "keys:\n  a: {sha256: \"\(digest)\", scopes: [read], perMinute: 1, actor: {role: system}}", 2,
      "the role is none of"
    ),
    ("keys:\n  a: {sha256: \"\(digest)\", scopes: [read], perMinute: 1, actor: {role: deputy}}", 2, "has a holder"),
    (
      "keys:\n  a: {sha256: \"\(digest)\", scopes: [read], perMinute: 1, actor: {role: supervisor, holder: x}}", 2,
      "has no holder"
    ),
    ("keys: {a: {}, a: {}}", 1, "stands twice"), ("keys: [", 2, "not YAML"),
  ])
  func `a fault says where it is and no digest`(yaml: String, line: Int?, words: String) throws {
    let error = try #require(throws: InvalidFile.self) { try APIKeyFile.parse(yaml, file: "keys.yaml") }
    #expect(error.faults.contains { $0.line == line && $0.message.contains(words) }, "\(error)")
    #expect(!error.description.contains("abab"))
  }

  @Test func `a file that cannot be read is a fault`() {
    #expect(throws: InvalidFile.self) { try APIKeyFile.read("/nonexistent/keys.yaml") }
  }
}
