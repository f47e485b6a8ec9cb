import Cases
import Testing

struct CaseKeyTests {
  private let secret = CaseKey.Secret(Array("0123456789abcdef".utf8))

  @Test(arguments: [
    ("h2gvtiulcblduldz34wwgnovjgf", "FY3ak6Up7Zesg4PNZvx3D7"), ("case-11", "Ic-_Kn32b-ejRggRa4WtRL"),
  ])
  func `a key is what another implementation of HMAC-SHA256 and base64url gives`(id: String, key: String) throws {
    #expect(CaseKey(of: try #require(CaseID(id)), under: try #require(secret)).text == key)
  }

  @Test func `a key opens its own case only, and only whole`() throws {
    let secret = try #require(secret)
    let key = CaseKey(of: try #require(CaseID("a")), under: secret)
    let other = CaseKey(of: try #require(CaseID("b")), under: secret)
    #expect(key.text.count == CaseKey.length)
    #expect(key.matches(key.text))
    #expect(!key.matches(other.text))
    #expect(!key.matches(""))
    #expect(!key.matches(String(key.text.dropLast())))
    #expect(!key.matches(key.text + "A"))
    #expect(!key.matches(key.text.lowercased()))
  }

  @Test func `another secret gives another key`() throws {
    let id = try #require(CaseID("a"))
    let other = try #require(CaseKey.Secret(Array("0123456789abcdeF".utf8)))
    #expect(!CaseKey(of: id, under: other).matches(CaseKey(of: id, under: try #require(secret)).text))
  }

  @Test func `a secret that could be guessed is refused, and none is ever printed`() throws {
    #expect(CaseKey.Secret(Array("0123456789abcde".utf8)) == nil)
    #expect(!"\(try #require(secret))".contains("0123"))
    #expect(!String(reflecting: try #require(secret)).contains("0123"))
  }
}
