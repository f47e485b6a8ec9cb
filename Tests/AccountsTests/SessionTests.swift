import Accounts
import Cases
import HTTPTypes
import HTTPValues
import SeededRandom
import Testing
import Time

struct SessionTests {
  @Test func `who has signed in is known by the cookie`() async throws {
    let house = try House()
    let visitor = try #require(try await house.visitor(house.cookie()))
    #expect(visitor.account == House.users[0].account)
    #expect(visitor.session?.user == "liuhe")
    #expect(visitor.account.actor == Actor(role: .station, id: "s03"))
    #expect(try await house.visitor(nil) == nil)
    let office = try #require(try await house.visitor(house.cookie("office", "left horse")))
    #expect(office.account.actor == Actor(role: .supervisor, id: "office"))
    #expect(office.formToken != visitor.formToken)
  }

  @Test func `a cookie of which any character is changed opens nothing`() async throws {
    let house = try House()
    let cookie = try await house.cookie().prefix { $0 != ";" }
    let value = Array(cookie.utf8.dropFirst("huiyin=".utf8.count))
    for place in value.indices {
      for other in [UInt8(ascii: "A"), UInt8(ascii: "0"), UInt8(ascii: ":"), value[place] ^ 1]
      where other != value[place] {
        var changed = value
        changed[place] = other
        #expect(try await house.visitor("huiyin=" + String(decoding: changed, as: UTF8.self)) == nil)
      }
      #expect(try await house.visitor("huiyin=" + String(decoding: value[..<place], as: UTF8.self)) == nil)
    }
  }

  @Test func `a session ends an hour after the last request`() async throws {
    let house = try House()
    let cookie = try await house.cookie()
    house.clock.set(Session.idle - .milliseconds(1))
    #expect(try await house.visitor(cookie) != nil)
    house.clock.set(Session.idle)
    #expect(try await house.visitor(cookie) == nil)
  }

  @Test func `a session that is used goes on, but no longer than twelve hours`() async throws {
    let house = try House()
    var cookie = try await house.cookie()
    var minutes = 0
    while minutes < 12 * 60 - 1 {
      minutes += 1
      house.clock.set(.seconds(minutes * 60))
      let visitor = try #require(try await house.visitor(cookie), "after \(minutes) minutes")
      let response = house.doorkeeper.renewed(Response(.ok), for: visitor)
      // Every five minutes, so that not each page brings a cookie.
      #expect((response.cookies != nil) == (minutes % 5 == 0))
      cookie = response.cookies ?? cookie
    }
    house.clock.set(Session.longest - .milliseconds(1))
    #expect(try await house.visitor(cookie) != nil)
    house.clock.set(Session.longest)
    #expect(try await house.visitor(cookie) == nil)
  }

  @Test func `the token of a session's forms stays while it is renewed`() async throws {
    let house = try House()
    let before = try #require(try await house.visitor(house.cookie()))
    house.clock.set(.seconds(600))
    let response = house.doorkeeper.renewed(Response(.ok), for: before)
    #expect(response.cookies == nil)
    let cookie = try await house.cookie()
    let other = try #require(try await house.visitor(cookie))
    #expect(other.formToken != before.formToken)
    house.clock.set(.seconds(1200))
    let due = try #require(try await house.visitor(cookie))
    let renewed = try #require(house.doorkeeper.renewed(Response(.ok), for: due).cookies)
    #expect(try await house.visitor(renewed)?.formToken == other.formToken)
  }

  @Test func `a session from a clock that is ahead is good when it isn't far`() async throws {
    let house = try House()
    house.clock.set(.seconds(60))
    let near = try await house.cookie()
    house.clock.set(.milliseconds(60_001))
    let far = try await house.cookie()
    house.clock.set(.zero)
    #expect(try await house.visitor(near) != nil)
    #expect(try await house.visitor(far) == nil)
  }

  @Test func `a session ends when the password, the role or the holder of its user changes, or the user goes`()
    async throws
  {
    let cookie = try await House().cookie()
    func isKnown(_ user: User?) async throws -> Bool {
      try await House(user.map { [$0] } ?? []).visitor(cookie) != nil
    }
    let password = Derivations.hash("right horse")
    func user(_ account: Account, _ password: PasswordHash?) -> User { User(account, password: password) }
    let same = Account(name: "liuhe", title: "柳河镇人大代表联络站", role: .station, holder: "s03")
    #expect(try await isKnown(user(same, password)))
    #expect(try await !isKnown(user(same, Derivations.hash("right horse", salt: 9))))
    #expect(try await !isKnown(user(same, nil)))
    let role = Account(name: "liuhe", title: "柳河镇联络站", role: .department, holder: "s03")
    #expect(try await !isKnown(user(role, password)))
    let holder = Account(name: "liuhe", title: "柳河镇联络站", role: .station, holder: "s04")
    #expect(try await !isKnown(user(holder, password)))
    #expect(try await !isKnown(nil))
  }

  @Test func `a new secret ends all sessions`() async throws {
    let cookie = try await House().cookie()
    #expect(try await House().visitor(cookie) != nil)
    #expect(try await House(secret: "another of sixteen").visitor(cookie) == nil)
  }

  @Test func `who signs out is out, also with a copy of the cookie`() async throws {
    let house = try House()
    let cookie = try await house.cookie()
    let other = try await house.cookie()
    let visitor = try #require(try await house.visitor(cookie))
    let request = try House.request(.post, "/sign-out", ["Cookie": cookie], form: "form=\(visitor.formToken)")
    let response = try #require(await house.controller.respond(to: request))
    #expect(response.head.status == .seeOther)
    #expect(response.setCookies.contains("huiyin=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"))
    #expect(try await house.visitor(cookie) == nil)
    #expect(try await house.visitor(other) != nil)
  }

  @Test func `signing out needs the form's token, a session, or nothing at all`() async throws {
    let house = try House()
    let cookie = try await house.cookie()
    let request = try House.request(.post, "/sign-out", ["Cookie": cookie], form: "form=guess")
    #expect(await house.controller.respond(to: request)?.head.status == .forbidden)
    #expect(try await house.visitor(cookie) != nil)
    let nobody = try House.request(.post, "/sign-out", form: "")
    #expect(await house.controller.respond(to: nobody)?.head.status == .seeOther)
    let get = try House.request(.get, "/sign-out", ["Cookie": cookie])
    #expect(await house.controller.respond(to: get)?.head.status == .methodNotAllowed)
  }

  @Test func `a form's token is good for its own session, from our own pages`() async throws {
    let house = try House()
    let cookie = try await house.cookie()
    let visitor = try #require(try await house.visitor(cookie))
    let other = try #require(try await house.visitor(house.cookie()))
    #expect(house.doorkeeper.accepts(visitor.formToken, of: visitor))
    for wrong in [other.formToken, "", nil, visitor.formToken + "A", String(visitor.formToken.dropLast())] {
      #expect(!house.doorkeeper.accepts(wrong, of: visitor))
    }
    for headers in [
      ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
    ] {
      let visitor = try #require(try await house.visitor(cookie, headers))
      #expect(!house.doorkeeper.accepts(visitor.formToken, of: visitor))
    }
    for headers in [["Sec-Fetch-Site": "same-origin", "Origin": "null"], ["Origin": "https://huiyin.example"]] {
      let visitor = try #require(try await house.visitor(cookie, headers))
      #expect(house.doorkeeper.accepts(visitor.formToken, of: visitor))
    }
  }

  @Test func `no mutation of cookies and other headers opens anything, or breaks`() async throws {
    let seed: UInt64 = 20_261
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let house = try House()
    let cookie = try await house.cookie()
    let session = String(cookie.prefix { $0 != ";" })
    let words = [
      "huiyin=", ":", ";", " ", "__Host-huiyin=", "liuhe", "office", "-", "%3A", "\"", "9223372036854775808",
    ]
    for _ in 0..<FuzzSize.count {
      let bytes = Array(cookie.utf8).mutated(by: &random, words: words.map { Array($0.utf8) })
      let text = String(decoding: bytes.filter { $0 >= 0x20 && $0 < 0x7f }, as: UTF8.self)
      let visitor = try await house.visitor(text, ["X-Forwarded-Proto": text, "Authorization": text])
      // The session itself may be left whole.
      if visitor != nil {
        let isWhole = text.split(separator: ";").contains { $0.filter { $0 != " " } == session }
        #expect(isWhole, "\(text)")
      }
    }
  }
}
