import Accounts
import Cases
import HTTPTypes
import HTTPValues
import MetricsTestKit
import Testing
import Time

struct SignInTests {
  @Test func `the form works without a script, in the browser's language`() async throws {
    let house = try House()
    func form(_ language: String?) async throws -> Response {
      let headers = language.map { ["Accept-Language": $0] } ?? [:]
      return try #require(await house.controller.respond(to: try House.request(.get, "/sign-in?to=%2Fdesk", headers)))
    }
    let response = try await form(nil)
    #expect(response.head.status == .ok)
    #expect(response.head.headerFields[.cacheControl] == "private, no-store")
    let text = response.text
    #expect(text.contains("lang=\"zh-CN\"") && text.contains(">密码</label>"))
    #expect(text.contains("<form class=\"sign-in\" method=\"post\" action=\"/sign-in\""))
    #expect(text.contains("<label for=\"name\">") && text.contains("autocomplete=\"username\""))
    #expect(text.contains("<label for=\"password\">") && text.contains("autocomplete=\"current-password\""))
    #expect(text.contains("name=\"to\" value=\"/desk\""))
    #expect(!text.contains("<script>") && !text.contains("style="))
    #expect(try await form("en-GB,en;q=0.9").text.contains(">Password</label>"))
    #expect(response.setCookies.isEmpty)
  }

  @Test func `who signs in goes on to where they were going, or to their own page`() async throws {
    let house = try House()
    let response = try await house.signIn("liuhe", "right horse", to: "/cases/h12?sent=1")
    #expect(response.head.status == .seeOther)
    #expect(response.location == "/cases/h12?sent=1")
    #expect(try await house.signIn(" liuhe\u{3000}", "right horse").location == "/desk")
    #expect(try await house.signIn("office", "left horse").location == "/")
    let cookie = try #require(response.cookies)
    for (path, target) in [("/sign-in", "/desk"), ("/sign-in?to=%2Fcases", "/cases"), ("/sign-in?to=%2F%2Fa", "/desk")]
    {
      let request = try House.request(.get, path, ["Cookie": cookie])
      #expect(await house.controller.respond(to: request)?.location == target)
    }
  }

  @Test func `where a form asks to go on to another site it goes to their own page`() async throws {
    let house = try House()
    for to in [
      "https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "",
    ] {
      #expect(try await house.signIn("liuhe", "right horse", to: to).location == "/desk", "\(to)")
    }
  }

  @Test func `over TLS the cookie is for this host and for TLS alone`() async throws {
    let attributes = "; Path=/; HttpOnly; SameSite=Lax"
    let secure = "; Path=/; Secure; HttpOnly; SameSite=Lax"
    let outside = try House(entrance: Entrance(publicURL: "https://huiyin.example"))
    let session = try #require(try await outside.signIn("liuhe", "right horse").setCookies.first)
    #expect(session.hasPrefix("__Host-huiyin=liuhe:") && session.hasSuffix(secure))
    #expect(!session.contains("Domain") && !session.contains("Max-Age"))
    #expect(try await outside.visitor(session) != nil)
    // The same value under the other name is another cookie.
    #expect(try await outside.visitor(String(session.dropFirst("__Host-".count))) == nil)

    let proxied = try House()
    let headers = ["X-Forwarded-Proto": "https"]
    let behind = try await proxied.signIn("liuhe", "right horse", headers, peer: "127.0.0.1")
    #expect(behind.setCookies.allSatisfy { $0.hasPrefix("__Host-huiyin") && $0.contains(secure) })
    // Anybody can say so.
    let direct = try await proxied.signIn("liuhe", "right horse", headers, peer: "192.0.2.7")
    #expect(direct.setCookies.allSatisfy { $0.hasPrefix("huiyin") && $0.contains(attributes) })
    #expect(try await proxied.visitor(direct.cookies, headers, peer: "127.0.0.1") == nil)
    let plain = try await proxied.signIn("liuhe", "right horse", ["X-Forwarded-Proto": "https, http"], peer: "::1")
    #expect(plain.setCookies.allSatisfy { !$0.contains("Secure") })
  }

  @Test func `what is wrong stands next to its field, and the password nowhere`() async throws {
    let house = try House()
    let empty = try await house.signIn("", "")
    #expect(empty.head.status == .unprocessableContent)
    #expect(empty.text.contains("aria-describedby=\"name-wrong\"") && empty.text.contains("id=\"name-wrong\">请填写用户名"))
    #expect(empty.text.contains("id=\"password-wrong\">请填写密码"))
    let half = try await house.signIn("<liuhe>", "")
    #expect(half.text.contains("value=\"&lt;liuhe&gt;\"") && !half.text.contains("name-wrong"))
    let wrong = try await house.signIn("liuhe", "wrong horse")
    #expect(wrong.text.contains("id=\"password-wrong\">用户名或密码不正确") && !wrong.text.contains("wrong horse"))
    #expect(house.derivations.costs.count == 1)
  }

  @Test func `a wrong name, a wrong password and one who has none get one answer, for the same work`() async throws {
    let house = try House()
    let answers = try await [
      house.signIn("liuhe", "wrong horse"), house.signIn("nobody", "wrong horse"), house.signIn("sso", "wrong horse"),
      house.signIn("", "wrong horse"),
    ]
    func shape(_ response: Response, _ name: String) -> String {
      response.text.replacing("value=\"\(name)\"", with: "")
    }
    #expect(shape(answers[0], "liuhe") == shape(answers[1], "nobody"))
    #expect(shape(answers[0], "liuhe") == shape(answers[2], "sso"))
    #expect(answers.prefix(3).allSatisfy { $0.head == answers[0].head && $0.setCookies.isEmpty })
    #expect(house.derivations.costs == Array(repeating: PasswordHash.Cost.usual, count: 3))
    // One who has no password can't come in by the one that is tried in its place.
    for password in ["", "\0", String(repeating: "\0", count: 32)] {
      #expect(try await house.signIn("sso", password, client: "192.0.2.9").setCookies.isEmpty)
    }
  }

  @Test func `a name that nobody has costs what the dearest password costs`() async throws {
    let dear = try #require(PasswordHash.Cost(1 << 16, 8, 1))
    let costly = User(
      Account(name: "dear", title: "督办室", role: .supervisor), password: Derivations.hash("x", cost: dear))
    let house = try House(House.users + [costly])
    _ = try await house.signIn("nobody", "wrong")
    #expect(house.derivations.costs == [dear])
  }

  @Test func `of failures nothing is logged that may be a password`() async throws {
    let house = try House()
    _ = try await house.signIn("liuhe", "hunter2")
    _ = try await house.signIn("correct horse battery", "hunter2")
    _ = try await house.signIn("liuhe", "right horse")
    #expect(
      house.log.all == [
        "notice a sign-in failed user=liuhe", "notice a sign-in failed user=unknown",
        "info signed in role=station user=liuhe",
      ])
    for (outcome, count) in [("wrong", 2), ("succeeded", 1)] {
      #expect(try house.metrics.expectCounter("huiyin_sign_ins", [("outcome", outcome)]).totalValue == Int64(count))
    }
  }

  @Test func `under one name five may fail, then one a minute, whoever has that name or nobody`() async throws {
    for name in ["liuhe", "nobody"] {
      let house = try House()
      for attempt in 0..<5 {
        let response = try await house.signIn(name, "wrong", client: "198.51.100.\(attempt)")
        #expect(response.head.status == .unprocessableContent)
      }
      let refused = try await house.signIn(name, "right horse", client: "198.51.100.9")
      #expect(refused.head.status == .tooManyRequests)
      #expect(refused.head.headerFields[.retryAfter] == "60")
      #expect(refused.text.contains("60") && refused.setCookies.isEmpty)
      #expect(house.derivations.costs.count == 5)
      house.clock.set(.seconds(60))
      #expect(try await house.signIn(name, "wrong").head.status == .unprocessableContent)
      #expect(try await house.signIn(name, "wrong").head.status == .tooManyRequests)
      house.clock.set(.seconds(120))
      let last = try await house.signIn(name, "right horse")
      #expect((last.head.status == .seeOther) == (name == "liuhe"))
    }
  }

  @Test func `a success makes the failures before it forgotten`() async throws {
    let house = try House()
    for round in 0..<20 {
      house.clock.set(.seconds(round * 30))
      for _ in 0..<4 {
        #expect(try await house.signIn("liuhe", "wrong", client: "::1").head.status == .unprocessableContent)
      }
      #expect(try await house.signIn("liuhe", "right horse", client: "::1").head.status == .seeOther)
    }
  }

  @Test func `who has signed in here before can do so again while others try the name`() async throws {
    let house = try House()
    let known = try #require(try await house.signIn("liuhe", "right horse").setCookies.last)
    #expect(known.hasPrefix("huiyin-browser=") && known.hasSuffix("; HttpOnly; SameSite=Lax; Max-Age=7776000"))
    let cookie = ["Cookie": String(known.prefix { $0 != ";" })]
    for _ in 0..<6 { _ = try await house.signIn("liuhe", "wrong", client: "198.51.100.1") }
    #expect(try await house.signIn("liuhe", "right horse", client: "198.51.100.2").head.status == .tooManyRequests)
    #expect(try await house.signIn("liuhe", "right horse", cookie).head.status == .seeOther)
    // It lets nobody in, not for another name, and not more often than others.
    #expect(try await house.visitor(cookie["Cookie"]) == nil)
    for _ in 0..<5 { _ = try await house.signIn("office", "wrong", client: "198.51.100.3") }
    #expect(try await house.signIn("office", "left horse", cookie).head.status == .tooManyRequests)
    for _ in 0..<5 {
      #expect(try await house.signIn("liuhe", "wrong", cookie).head.status == .unprocessableContent)
    }
    #expect(try await house.signIn("liuhe", "right horse", cookie).head.status == .tooManyRequests)
  }

  @Test func `from one address twenty may fail, then ten a minute, but not from this machine`() async throws {
    let house = try House()
    for attempt in 0..<20 { _ = try await house.signIn("name\(attempt)", "wrong") }
    #expect(try await house.signIn("liuhe", "right horse").head.status == .tooManyRequests)
    #expect(try await house.signIn("liuhe", "right horse", client: "203.0.113.1").head.status == .seeOther)
    house.clock.set(.seconds(6))
    #expect(try await house.signIn("liuhe", "right horse").head.status == .seeOther)
    // It was given back.
    #expect(try await house.signIn("liuhe", "right horse").head.status == .seeOther)
    for attempt in 0..<40 { _ = try await house.signIn("other\(attempt)", "wrong", client: "127.0.0.1") }
    #expect(try await house.signIn("office", "left horse", client: "127.0.0.1").head.status == .seeOther)
    let limit = [("limit", "sign-in-address")]
    #expect(try house.metrics.expectCounter("huiyin_rate_limited", limit).totalValue == 1)
  }

  @Test func `a form that another site sent signs nobody in`() async throws {
    let house = try House()
    for headers in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example"]] {
      let response = try await house.signIn("liuhe", "right horse", headers)
      #expect(response.head.status == .forbidden && response.setCookies.isEmpty)
    }
    let json = try House.request(.post, "/sign-in", ["Content-Type": "application/json"])
    #expect(await house.controller.respond(to: json)?.head.status == .badRequest)
    #expect(house.derivations.costs.isEmpty)
  }

  @Test func `without users the page says how to make them`() async throws {
    let house = try House([])
    let page = try #require(await house.controller.respond(to: try House.request(.get, "/sign-in")))
    #expect(page.text.contains("huiyin users new") && !page.text.contains("<form class=\"sign-in\""))
    #expect(try await house.signIn("liuhe", "right horse").head.status == .serviceUnavailable)
    #expect(house.derivations.costs.isEmpty)
  }

  @Test func `whoever signs in where others could listen is told`() async throws {
    let house = try House()
    func page(_ client: String, _ headers: [String: String] = [:], peer: String? = nil) async throws -> String {
      let request = try House.request(.get, "/sign-in", headers, client: client, peer: peer)
      return try #require(await house.controller.respond(to: request)).text
    }
    #expect(try await page("192.0.2.7").contains("未加密"))
    #expect(try await !page("127.0.0.1").contains("未加密"))
    #expect(try await !page("192.0.2.7", ["X-Forwarded-Proto": "https"], peer: "127.0.0.1").contains("未加密"))
  }

  @Test func `other paths are others', and bodies are short`() async throws {
    let house = try House()
    #expect(await house.controller.respond(to: try House.request(.get, "/desk")) == nil)
    #expect(house.controller.bodyLimit(for: try House.request(.post, "/sign-in")) == 8192)
    #expect(house.controller.bodyLimit(for: try House.request(.post, "/desk")) == nil)
    #expect(await house.controller.respond(to: try House.request(.put, "/sign-in"))?.head.status == .methodNotAllowed)
  }
}
