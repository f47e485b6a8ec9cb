import Foundation
import Testing
import WeChat
import YAMLForms

struct WeChatAccountsTests {
  private func read(_ yaml: String, files: [String: String] = [:]) throws(InvalidFile) -> WeChatAccounts {
    try WeChatAccounts(yaml: yaml, file: "wechat.yaml") { files[$0] }
  }

  private let key = Callback.aesKey

  @Test func `several accounts, each in its mode`() throws {
    let accounts = try read(
      """
      accounts:
        qingxi: {appId: wx01, token: abc, aesKey: \(key), mode: safe}
        liuhe: {appId: wx02, token: '123', mode: plain}
        baisha: {appId: wx03, token: abc, aesKey: \(key), mode: compatible}
        yuntai: {appId: wx04, token: abc, aesKey: \(key)}
      """)
    #expect(
      accounts.accounts.mapValues(\.mode) == ["qingxi": .safe, "liuhe": .plain, "baisha": .compatible, "yuntai": .safe])
    #expect(accounts.maximumAge == nil)
    #expect(accounts.words == CommandWords())
  }

  @Test func `secrets may stand in files`() throws {
    let yaml = "accounts:\n  a: {appId: wx01, tokenFile: /t, aesKeyFile: /k}"
    let accounts = try read(yaml, files: ["/t": "abc\n", "/k": " \(key)\r\n"])
    #expect(accounts.accounts["a"] != nil)
    let fault = #expect(throws: InvalidFile.self) { try read(yaml, files: ["/t": "abc"]) }
    #expect(fault?.description == "wechat.yaml:2: accounts.a: the file of aesKeyFile can't be read")
  }

  @Test func `age and words may be set`() throws {
    let accounts = try read(
      "accounts: {a: {appId: wx01, token: abc, mode: plain}}\nmaximumAge: 600\nwords: {finish: [说完了], status: [在哪]}")
    #expect(accounts.maximumAge == .seconds(600))
    #expect(accounts.words.wish(of: "说完了") == .finish)
    #expect(accounts.words.wish(of: "完") == .say)
    #expect(accounts.words.wish(of: "在哪？") == .status)
  }

  @Test func `an account with a secret sends, as fast and with the templates that it says`() throws {
    let yaml = """
      accounts:
        qingxi:
          {appId: wx01, token: abc, mode: plain, secretFile: /s, api: 'http://127.0.0.1:1/', perSecond: 3, templates: [
            {id: t1, kind: once, for: [answer], fields: {thing1: '{by}', thing2: '{number}号'}, page: '{link}'},
            {id: t2, kind: template, for: [answer, notice], fields: {first: '{text}'}}]}
        liuhe: {appId: wx02, token: abc, mode: plain}
      """
    let accounts = try read(yaml, files: ["/s": "0123456789abcdef\n"])
    #expect(accounts.accounts["liuhe"]?.sending == nil)
    let sending = try #require(accounts.accounts["qingxi"]?.sending)
    #expect(sending.secret == "0123456789abcdef" && sending.appID == "wx01" && sending.perSecond == 3)
    #expect(sending.api == "http://127.0.0.1:1")
    #expect(sending.templates.map(\.sort) == [.once, .template])
    #expect(sending.templates[0].fields["thing2"]?.text { "<\($0.rawValue)>" } == "<number>号")
    #expect(sending.templates[1].purposes == [.answer, .notice] && sending.templates[1].page == nil)
    #expect("\(sending)" == "account qingxi" && String(reflecting: sending) == "account qingxi")
  }

  @Test(arguments: [
    ("api: x", "accounts.a has api, but no secret (or secretFile)"),
    ("secret: short", "accounts.a: secret is not 16 to 64 letters and digits"),
    ("secret: 0123456789abcdef, secretFile: /s", "accounts.a: secret and secretFile exclude each other"),
    ("secret: 0123456789abcdef, api: 'ftp://x'", "accounts.a.api is not an http or https address"),
    ("secret: 0123456789abcdef, api: 'https://x/?a=b'", "accounts.a.api is not an http or https address"),
    ("secret: 0123456789abcdef, perSecond: 0", "accounts.a.perSecond is not 1 to 1000"),
    ("secret: 0123456789abcdef, templates: [{id: t}]", "a template of accounts.a has no fields"),
    (
      "secret: 0123456789abcdef, templates: [{id: t, kind: ever, for: [answer], fields: {a: b}}]",
      "a template of accounts.a: kind is none of once, lasting, template"
    ),
    (
      "secret: 0123456789abcdef, templates: [{id: t, kind: once, for: [answer, rating], fields: {a: '{by}'}}]",
      "a template of accounts.a: a can't say {by}, which has no value there"
    ),
    (
      "secret: 0123456789abcdef, templates: [{id: t, kind: once, for: [answer], fields: {a: '{who}'}}]",
      "a template of accounts.a: a has the unknown placeholder {who}"
    ),
    (
      "secret: 0123456789abcdef, templates: [{id: t, kind: once, for: [answer], fields: {}}]",
      "a template of accounts.a: fields names no field"
    ),
  ])
  func `what can't be sent with is said with its line`(fields: String, fault: String) {
    let error = #expect(throws: InvalidFile.self) {
      try read("accounts:\n  a: {appId: wx01, token: abc, mode: plain, \(fields)}")
    }
    #expect(
      error?.faults.contains { $0.line == 2 && $0.message.contains(fault) } == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("0123456789abcdef") != true)
  }

  @Test func `an account shows no secret`() throws {
    let account = try WeChatAccount(name: "a", appID: "wx01", token: "verySecret", aesKey: key, mode: .safe)
    #expect("\(account)" == "account a")
    #expect(String(reflecting: account) == "account a")
  }

  @Test(arguments: [
    ("", "wechat.yaml: the file is empty"),
    ("a: [", "wechat.yaml:2: not YAML"),
    ("accounts: {}", "wechat.yaml:1: accounts names no account"),
    ("words: {}", "wechat.yaml:1: the file has no accounts"),
    ("accounts:\n  a: {}", "wechat.yaml:2: accounts.a has no appId"),
    ("accounts:\n  a: {appId: wx01}", "wechat.yaml:2: accounts.a has no token (or tokenFile)"),
    ("accounts:\n  a:\n    appId: wx01\n    token: t-t\n    mode: plain", "wechat.yaml:4: accounts.a: token is not"),
    ("accounts:\n  a: {appId: wx01, token: abc}", "wechat.yaml:2: accounts.a: aesKey (or aesKeyFile) is missing"),
    (
      "accounts:\n  a:\n    appId: wx01\n    token: abc\n    aesKey: topSecret",
      "wechat.yaml:5: accounts.a: aesKey is not 43"
    ),
    ("accounts:\n  a: {appId: 'wx 01', token: abc, mode: plain}", "wechat.yaml:2: accounts.a: appId is not"),
    ("accounts:\n  a: {appId: wx01, token: abc, mode: secret}", "wechat.yaml:2: accounts.a.mode is none of plain, "),
    ("accounts:\n  A/b: {appId: wx01, token: abc, mode: plain}", "wechat.yaml:2: accounts.A/b: the name"),
    ("accounts:\n  a: {appId: wx01, token: abc, tokenFile: /t}", "wechat.yaml:2: accounts.a: token and tokenFile"),
    ("accounts:\n  a: {appid: wx01}", "wechat.yaml:2: accounts.a has the unknown key appid"),
    ("accounts:\n  a: {appId: [wx01], token: abc, mode: plain}", "wechat.yaml:2: accounts.a.appId is not text"),
    ("accounts:\n  a: x", "wechat.yaml:2: accounts.a is not a mapping"),
    ("accounts: [a]", "wechat.yaml:1: accounts names no account"),
    ("accounts:\n  a: {}\n  a: {}", "wechat.yaml:2: in one mapping stands twice: a"),
    ("accounts: {a: {appId: wx01, token: abc, mode: plain}}\nmaximumAge: soon", "wechat.yaml:2: maximumAge must be"),
    (
      "accounts: {a: {appId: wx01, token: abc, mode: plain}}\nwords: {finish: []}",
      "wechat.yaml:2: words.finish holds no word"
    ),
  ])
  func `a fault names the line and the field, and no secret`(yaml: String, begins: String) {
    let fault = #expect(throws: InvalidFile.self) { try read(yaml) }
    let said = fault?.description ?? ""
    #expect(said.hasPrefix(begins), "\(said)")
    #expect(!said.contains("t-t") && !said.contains("topSecret"))
  }

  @Test func `all faults are told at once`() {
    let yaml = "accounts:\n  a: {appId: '', token: t, mode: plain}\n  b: {appId: wx01, token: abc, mode: x}\nage: 1"
    let fault = #expect(throws: InvalidFile.self) { try read(yaml) }
    #expect(fault?.faults.map(\.line) == [4, 2, 3])
  }

  @Test func `the sample is read`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    let yaml = try String(contentsOf: root.appendingPathComponent("deploy/sample/wechat.yaml"), encoding: .utf8)
    let accounts = try read(yaml)
    #expect(accounts.accounts.mapValues(\.mode) == ["qingxi": .safe, "liuhe": .plain])
    #expect(accounts.maximumAge == .seconds(600))
    #expect(accounts.words == CommandWords())
  }
}
