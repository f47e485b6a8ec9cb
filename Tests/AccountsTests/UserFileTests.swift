import Accounts
import Cases
import SeededRandom
import Testing
import YAMLForms

struct UserFileTests {
  private static let hash =
    "scrypt$32768$8$1$\(String(repeating: "ab", count: 16))$\(String(repeating: "cd", count: 32))"

  @Test func `a file says who may sign in as whom`() throws {
    let yaml = """
      users:
        liuhe: {title: 柳河镇联络站, role: station, holder: s03, password: "\(Self.hash)"}
        li@county: {title: "李 \\"代表\\"", role: deputy, holder: "007"}
        office: {title: 督办室, role: supervisor, password: "\(Self.hash)"}
      """
    let users = try UserFile.parse(yaml, file: "users.yaml")
    #expect(users.count == 3)
    let station = try #require(users["liuhe"])
    #expect(station.account == Account(name: "liuhe", title: "柳河镇联络站", role: .station, holder: "s03"))
    #expect(station.password?.text == Self.hash)
    #expect(station.line == 2)
    #expect(users["li@county"]?.account.holder == "007")
    #expect(users["li@county"]?.password == nil)
    #expect(users["office"]?.account.actor == Actor(role: .supervisor, id: "office"))
    #expect(users["Office"] == nil && users[""] == nil)
  }

  @Test func `a line that huiyin prints is read back`() throws {
    let seed: UInt64 = 20_263
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let password = try #require(Derivations.hash("right horse"))
    let alphabet = Array("a柳\"\\:#{}[],&*!|>'%@ -\u{e9}\u{1F600}")
    for _ in 0..<300 {
      let title = String(
        (0..<Int.random(in: 1...12, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) })
      let account = Account(name: "no", title: title, role: .department, holder: "d 07\"")
      let users = try UserFile.parse("users:\n" + UserFile.line(account, password: password), file: "users.yaml")
      #expect(users["no"]?.account == account)
      #expect(users["no"]?.password == password)
    }
  }

  @Test func `a file without users lets nobody in`() throws {
    #expect(try UserFile.parse("users:\n", file: "u").isEmpty)
    #expect(try UserFile.parse("users: {}", file: "u").isEmpty)
  }

  @Test(arguments: [
    ("", nil as Int?, "empty"), ("[]", 1, "not a mapping"), ("other: 1\nusers: {}", 1, "unknown key other"),
    ("{}", 1, "has no users"), ("users: 3", 1, "users is not a mapping"), ("users:\n  'a b': {}", 2, "a name is"),
    ("users:\n  a:b: {}", 2, "a name is"), ("users:\n  a: 3", 2, "not a mapping"),
    ("users:\n  a: {}", 2, "has no role"),
    ("users:\n  a: {title: A}", 2, "has no role"), ("users:\n  a: {role: supervisor}", 2, "has no title"),
    ("users:\n  a:\n    title: A\n    role: king", 4, "the role is none of"),
    ("users:\n  a: {title: A, role: citizen}", 2, "the role is none of"),
    ("users:\n  a: {title: A, role: system}", 2, "the role is none of"),
    ("users:\n  a: {title: A, role: station}", 2, "a station has a holder"),
    ("users:\n  a: {title: A, role: deputy}", 2, "a deputy has a holder"),
    ("users:\n  a: {title: A, role: department, holder: ''}", 2, "no id"),
    ("users:\n  a:\n    title: A\n    role: supervisor\n    holder: s1", 5, "only a deputy"),
    ("users:\n  a:\n    title: A\n    role: administrator\n    holder: s1", 5, "only a deputy"),
    ("users:\n  a: {title: '', role: supervisor}", 2, "a title is"),
    ("users:\n  a: {title: \"a\\nb\", role: supervisor}", 2, "a title is"),
    ("users:\n  a: {title: [A], role: supervisor}", 2, "not text"),
    ("users:\n  a: {title: A, role: supervisor, password: secret}", 2, "password is not what"),
    ("users:\n  a: {title: A, role: supervisor, phone: 1}", 2, "unknown key phone"),
    ("users: {a: {}, a: {}}", 1, "stands twice"), ("users: [", 2, "not YAML"),
  ])
  func `a fault says where it is`(yaml: String, line: Int?, words: String) throws {
    let error = try #require(throws: InvalidFile.self) { try UserFile.parse(yaml, file: "users.yaml") }
    #expect(error.faults.contains { $0.line == line && $0.message.contains(words) }, "\(error)")
  }

  @Test func `all faults come at once, and none repeats what may be a password`() throws {
    let yaml = """
      users:
        a: {title: A, role: supervisor, password: hunter2}
        b: {title: B, role: station}
        c: {title: C, role: king}
      """
    let error = try #require(throws: InvalidFile.self) { try UserFile.parse(yaml, file: "u.yaml") }
    #expect(error.faults.map(\.line) == [2, 3, 4])
    #expect(!error.description.contains("hunter2") && error.description.hasPrefix("u.yaml:2: "))
  }

  @Test func `holders that the directory doesn't have are named with their lines`() throws {
    let yaml = """
      users:
        z: {title: A, role: station, holder: county}
        b: {title: B, role: station, holder: s99}
        a: {title: C, role: deputy, holder: county}
        office: {title: D, role: supervisor}
      """
    let users = try UserFile.parse(yaml, file: "u.yaml")
    let faults = users.faults(in: .builtIn).map(\.description)
    #expect(
      faults == ["u.yaml:3: b: the directory has no station s99", "u.yaml:4: a: the directory has no deputy county"])
  }

  @Test func `no mutation of a file breaks the reading, and what is read can be a user`() throws {
    let seed: UInt64 = 20_264
    print("seed \(seed)")
    let sample = "users:\n  liuhe: {title: 柳河, role: station, holder: s03, password: \"\(Self.hash)\"}\n"
    var mutator = Mutator(
      [sample], pieces: [":", "{", "}", "role", "deputy", "$", "\n", "&a", "*a", "null", "~"], seed: seed)
    for _ in 0..<FuzzSize.count {
      let text = String(decoding: mutator.next(), as: UTF8.self)
      guard let users = try? UserFile.parse(text, file: "u"), let user = users["liuhe"] else { continue }
      #expect(Account.roles.contains(user.account.role))
      #expect(Account.isHolder(user.account.role) == (user.account.holder != nil))
    }
  }
}
