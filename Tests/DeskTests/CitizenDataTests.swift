import Cases
import Desk
import HTTPTypes
import Monitoring
import Testing
import Time

/// Who the citizen is: shown to those alone whose look is on record.
struct CitizenDataTests {
  private static let secrets = ["王小明", "13800001111", "wang@example.com", "openid-7"]

  private static func office() throws -> Office {
    let office = try Office()
    try office.open(
      "c1",
      citizen: Citizen(id: "openid-7", name: "王小明", phone: "13800001111", email: "wang@example.com", anonymous: false))
    return office
  }

  private func holdsNothing(_ page: Browser.Page) -> Bool { !Self.secrets.contains { page.text.contains($0) } }

  @Test func `the data is shown once the look is on record, to whoever looked, for 15 minutes`() async throws {
    let office = try Self.office()
    let clerk = try Browser(office, "zhujian")
    let asked = try await clerk.get("/desk/cases/c1/citizen")
    #expect(holdsNothing(asked) && asked.forms == ["disclose"])
    let sent = try await clerk.send("disclose", of: "c1", ["purpose": "电话答复"])
    let address = try #require(sent.location)
    #expect(address.hasPrefix("/desk/cases/c1/citizen?sent="))
    // Sent, and not on record yet.
    let pending = try await clerk.get(address)
    #expect(holdsNothing(pending) && pending.text.contains("已提交，正在处理"))
    try office.work()
    let shown = try await clerk.get(address)
    for words in ["王小明", "13800001111", "wang@example.com", "城南路的路灯坏了，电话13800001111"] {
      #expect(shown.text.contains(words), "\(words)")
    }
    #expect(!shown.text.contains("openid-7"))
    #expect(shown.headers[.cacheControl] == "private, no-store")
    guard case .disclosed(let disclosed) = try office.history("c1").events.last?.event else {
      return #expect(Bool(false))
    }
    #expect(disclosed.by == "住建局李工")
    #expect(disclosed.reason == "电话答复")
    #expect(disclosed.actor == Actor(role: .department, id: "zj"))
    office.advance(by: .seconds(15 * 60 - 1))
    #expect(try await clerk.get(address).text.contains("13800001111"))
    office.advance(by: .seconds(1))
    let over = try await clerk.get(address)
    #expect(holdsNothing(over) && over.text.contains("已经过期") && over.forms == ["disclose"])
  }

  @Test func `nobody else sees it by that address, not even who has the same office`() async throws {
    let office = try Self.office()
    let page = try await Browser(office, "zhujian").done("disclose", of: "c1", ["purpose": "电话答复"])
    #expect(page.text.contains("王小明"))
    guard let cause = try office.history("c1").events.last?.cause else { return #expect(Bool(false)) }
    for user in ["zhujian2", "liuhe", "duban", "root"] {
      let other = try await Browser(office, user).get("/desk/cases/c1/citizen?sent=\(cause)")
      #expect(other.status == 200 && holdsNothing(other), "\(user)")
    }
    for user in ["shuiwu", "zhang"] {
      #expect(try await Browser(office, user).get("/desk/cases/c1/citizen?sent=\(cause)").status == 404)
    }
    #expect(try await Browser(office, nil).get("/desk/cases/c1/citizen?sent=\(cause)").status == 303)
  }

  @Test func `an event of another kind, or another case, opens nothing`() async throws {
    let office = try Self.office()
    try office.open("c2", citizen: Citizen(name: "李四", anonymous: false))
    let clerk = try Browser(office, "zhujian")
    _ = try await clerk.done("disclose", of: "c2", ["purpose": "电话答复"])
    let other = try #require(try office.history("c2").events.last?.cause)
    _ = try await clerk.done("sign", of: "c1")
    let signed = try #require(try office.history("c1").events.last?.cause)
    for sent in [other, signed, "", "id-1", "open-c1"] {
      #expect(holdsNothing(try await clerk.get("/desk/cases/c1/citizen?sent=\(sent)")), "\(sent)")
    }
    #expect(holdsNothing(try await clerk.get("/desk/cases/c1/citizen")))
  }

  @Test(arguments: ["/desk", "/desk/cases/c1", "/desk/cases/c1?sent=id-1", "/desk/cases/c1/citizen"])
  func `no other page tells who they are`(path: String) async throws {
    let office = try Self.office()
    for user in ["zhujian", "liuhe", "duban", "root"] {
      let page = try await Browser(office, user).get(path)
      #expect(page.status == 200 && holdsNothing(page), "\(user)")
    }
    #expect(try await Browser(office, "zhujian").get("/desk/cases/c1").text.contains("138****1111"))
  }

  @Test func `a helper may read the case, and may not ask`() async throws {
    let office = try Office()
    try office.open("c1", owner: "sw", attendant: "zj", citizen: Citizen(name: "王小明", anonymous: false))
    let helper = try Browser(office, "zhujian")
    #expect(try await helper.get("/desk/cases/c1").status == 200)
    #expect(try await helper.get("/desk/cases/c1/citizen").status == 403)
  }

  @Test func `each look is one event, however often the page is loaded`() async throws {
    let office = try Self.office()
    let clerk = try Browser(office, "zhujian")
    let sent = try await clerk.send("disclose", of: "c1", ["purpose": "其他", "reason": "核实<b>"])
    try office.work()
    for _ in 1...3 { _ = try await clerk.get(try #require(sent.location)) }
    try office.work()
    let looks = try office.history("c1").events.filter { if case .disclosed = $0.event { true } else { false } }
    #expect(looks.count == 1)
    #expect(try await clerk.get("/desk/cases/c1").text.contains("其他：核实&lt;b&gt;"))
  }

  @Test func `another purpose has to be said, and what isn't one is none`() async throws {
    let office = try Self.office()
    let clerk = try Browser(office, "zhujian")
    for fields in [["purpose": "其他"], ["purpose": "好奇"], ["purpose": ""], [:]] {
      let sent = try await clerk.send("disclose", of: "c1", fields)
      #expect(sent.status == 422 && holdsNothing(sent))
    }
    #expect(office.put == 0)
  }

  @Test func `of whom is to be forgotten nothing is shown, though somebody has just looked`() async throws {
    let office = try Self.office()
    let clerk = try Browser(office, "zhujian")
    let sent = try await clerk.send("disclose", of: "c1", ["purpose": "电话答复"])
    try office.work()
    let address = try #require(sent.location)
    #expect(try await clerk.get(address).text.contains("王小明"))
    _ = try await Browser(office, "duban").done("erase", of: "c1", ["reason": "本人要求", "sure": "yes"])
    let after = try await clerk.get(address)
    #expect(holdsNothing(after) && !after.text.contains("路灯坏了"))
    #expect(!(try await clerk.get("/desk/cases/c1").text.contains("路灯坏了")))
  }

  @Test func `what has no contact says so`() async throws {
    let office = try Office()
    try office.open("c1")
    let page = try await Browser(office, "zhujian").done("disclose", of: "c1", ["purpose": "书面答复"])
    #expect(page.text.contains("没有留下联系方式"))
    #expect(page.text.contains("电话13800001111"))
  }
}
