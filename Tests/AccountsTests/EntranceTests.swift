import APIKeys
import Accounts
import Cases
import HTTPTypes
import HTTPValues
import MetricsTestKit
import Testing
import Time

struct EntranceTests {
  private static let proxies = TrustedProxies(["10.0.0.0/8"].compactMap { AddressRange($0) })

  private func house() throws -> House {
    let header = try #require(Entrance.UserHeader("X-Remote-User", from: Self.proxies))
    return try House(entrance: Entrance(userHeader: header))
  }

  @Test func `a trusted proxy names who has signed in with it`() async throws {
    let house = try house()
    let visitor = try #require(try await house.visitor(nil, ["X-Remote-User": "sso"], peer: "10.1.2.3"))
    #expect(visitor.account == House.users[2].account)
    #expect(visitor.session == nil && !visitor.isClient)
    #expect(house.doorkeeper.renewed(Response(.ok), for: visitor).setCookies.isEmpty)
    // Its browser sends what the proxy goes by with every request, whoever makes it.
    #expect(house.doorkeeper.accepts(visitor.formToken, of: visitor))
    #expect(!house.doorkeeper.accepts("", of: visitor) && !house.doorkeeper.accepts(nil, of: visitor))
    let foreign = try await house.visitor(
      nil, ["X-Remote-User": "sso", "Sec-Fetch-Site": "cross-site"], peer: "10.1.2.3")
    #expect(!house.doorkeeper.accepts(visitor.formToken, of: try #require(foreign)))
    let other = try #require(try await house.visitor(nil, ["X-Remote-User": "office"], peer: "10.1.2.3"))
    #expect(!house.doorkeeper.accepts(visitor.formToken, of: other))
  }

  @Test func `nobody else is believed, and it is counted`() async throws {
    let house = try house()
    for peer in ["192.0.2.7", "127.0.0.1", "::1", "11.0.0.1"] {
      #expect(try await house.visitor(nil, ["X-Remote-User": "sso"], peer: peer) == nil)
      // What stands in another header about who asks says nothing about who is at the other end.
      #expect(
        try await house.visitor(nil, ["X-Remote-User": "sso", "X-Forwarded-For": "10.0.0.1"], peer: peer) == nil)
    }
    let cookie = try await house.cookie()
    let visitor = try await house.visitor(cookie, ["X-Remote-User": "office"], peer: "192.0.2.7")
    #expect(visitor?.account.name == "liuhe")
    #expect(try house.metrics.expectCounter("huiyin_user_header_ignored").totalValue == 9)
  }

  @Test func `a name that is no user's opens nothing, nor does a session then`() async throws {
    let house = try house()
    let cookie = try await house.cookie()
    for name in ["nobody", "", "liuhe, office", "LIUHE"] {
      #expect(try await house.visitor(cookie, ["X-Remote-User": name], peer: "10.0.0.1") == nil, "\(name)")
    }
    #expect(try await house.visitor(cookie, peer: "10.0.0.1")?.account.name == "liuhe")
  }

  @Test func `without the setting the header is nothing`() async throws {
    let house = try House()
    for peer in ["127.0.0.1", "10.0.0.1"] {
      #expect(try await house.visitor(nil, ["X-Remote-User": "sso"], peer: peer) == nil)
    }
  }

  private static let keys = APIKeyCheck(
    keys: APIKeys([
      APIKey(
        name: "transport", digest: APIKey.digest(of: "hy_both"), scopes: [.read, .command], perMinute: 60,
        actor: Actor(role: .department, id: "d07")),
      APIKey(
        name: "map", digest: APIKey.digest(of: "hy_read"), scopes: [.read], perMinute: 60,
        actor: Actor(role: .supervisor, id: "map")),
      APIKey(name: "portal", digest: APIKey.digest(of: "hy_submit"), scopes: [.submit], perMinute: 60),
    ]), rate: nil, clock: { House.start })

  @Test func `a key of the API speaks for somebody of the directory, without a token`() async throws {
    let house = try House(keys: Self.keys)
    func visitor(_ method: HTTPRequest.Method, _ key: String) async throws -> Visitor? {
      await house.doorkeeper.visitor(of: try House.request(method, "/api/v1/cases", ["Authorization": "Bearer \(key)"]))
    }
    let both = try #require(try await visitor(.post, "hy_both"))
    #expect(both.account == Account(name: "transport", title: "transport", role: .department, holder: "d07"))
    #expect(both.session == nil && both.isClient && both.formToken.isEmpty)
    #expect(house.doorkeeper.accepts(nil, of: both))
    let reader = try #require(try await visitor(.get, "hy_read"))
    #expect(reader.account.seesAll && reader.account.holder == nil)
    #expect(!house.doorkeeper.accepts(nil, of: reader) && !house.doorkeeper.accepts("", of: reader))
    #expect(try await visitor(.post, "hy_read") == nil)
    #expect(try await visitor(.get, "hy_submit") == nil)
    #expect(try await visitor(.get, "hy_none") == nil)
  }

  @Test func `a wrong key isn't made up for by a session`() async throws {
    let house = try House(keys: Self.keys)
    let cookie = try await house.cookie()
    #expect(try await house.visitor(cookie, ["X-API-Key": "hy_none"]) == nil)
    #expect(try await house.visitor(cookie, ["X-API-Key": "hy_both"])?.account.name == "transport")
    #expect(try await house.visitor(cookie, ["Authorization": "Basic bGl1aGU6eA=="])?.account.name == "liuhe")
    // Where there are no keys each is wrong.
    #expect(try await House().visitor(cookie, ["X-API-Key": "hy_both"]) == nil)
  }

  @Test func `programs are told what is wrong with their key`() async throws {
    let house = try House(keys: Self.keys)
    let request = try House.request(.post, "/api/v1/cases", ["X-API-Key": "hy_read"])
    guard case .refused(.outOfScope) = await house.doorkeeper.entry(of: request) else {
      Issue.record("a key that may only read was let in to command")
      return
    }
    #expect(house.doorkeeper.refusal(.outOfScope).head.status == .forbidden)
    #expect(house.doorkeeper.refusal(.unknown).head.status == .unauthorized)
    let tooOften = house.doorkeeper.refusal(.tooOften(.seconds(3)))
    #expect(tooOften.head.status == .tooManyRequests && tooOften.head.headerFields[.retryAfter] == "3")
  }

  @Test(arguments: [
    ("/desk", "/sign-in?to=%2Fdesk"), ("/cases?owner=s03&sort=due", "/sign-in?to=%2Fcases%3Fowner%3Ds03%26sort%3Ddue"),
    ("//evil.example/", "/sign-in"), ("/a\\b", "/sign-in"), ("http://evil.example/x", "/sign-in"),
    ("/sign-out", "/sign-in"),
  ])
  func `nobody's browser is led to sign in and back`(target: String, address: String) async throws {
    let house = try House()
    let response = house.doorkeeper.noOne(try House.request(.get, target, ["Accept": "text/html,*/*;q=0.8"]))
    #expect(response.head.status == .seeOther)
    #expect(response.location == address)
  }

  @Test func `nobody's form leads to its page, nobody's program gets a problem`() async throws {
    let house = try House()
    let form = house.doorkeeper.noOne(try House.request(.post, "/desk/h1?x=1", ["Accept": "text/html"], form: ""))
    #expect(form.location == "/sign-in?to=%2Fdesk%2Fh1")
    for request in [
      try House.request(.get, "/api/v1/cases", ["Accept": "text/html"]),
      try House.request(.get, "/cases", ["Accept": "application/json"]),
      try House.request(.get, "/cases", ["X-API-Key": "hy_none"]),
    ] {
      let response = house.doorkeeper.noOne(request)
      #expect(response.head.status == .unauthorized)
      #expect(response.head.headerFields[.wwwAuthenticate] == "Bearer realm=\"huiyin\"")
    }
  }
}
