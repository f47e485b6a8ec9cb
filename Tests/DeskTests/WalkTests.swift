import Cases
import Desk
import HTTPTypes
import Monitoring
import Outbox
import Testing
import Time

/// From the list to what came of a command, with the real `track` and `route`.
struct WalkTests {
  @Test func `a case is found in the list, signed for and answered, and each time the event is shown`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let list = try await clerk.get("/desk")
    #expect(list.status == 200)
    for words in ["我的办件", "待签收", "/desk/cases/c1", "城乡建设", "还剩 7 个工作日", "2026-06-10"] {
      #expect(list.text.contains(words), "\(words)")
    }
    #expect(!list.text.contains("路灯坏了"))

    let sent = try await clerk.send("sign", of: "c1")
    #expect(sent.status == 303)
    let address = try #require(sent.location)
    let pending = try await clerk.get(address)
    #expect(pending.text.contains("已提交，正在处理"))
    // Without a fragment: a browser that stands at one would only scroll.
    let again = "2; url=\(address.prefix { $0 != "#" })"
    #expect(pending.headers.first { $0.name.canonicalName == "refresh" }?.value == again)

    try office.work()
    let signed = try await clerk.get(try #require(sent.location))
    #expect(signed.text.contains("已办理"))
    #expect(signed.text.contains("<strong>签收</strong> <bdi>住建局</bdi>"))
    #expect(!signed.headers.contains { $0.name.canonicalName == "refresh" })
    #expect(try await clerk.get("/desk").text.contains("<h2>办理中"))

    let replied = try await clerk.done("reply", of: "c1", ["method": "phone", "text": "已经修好了"])
    #expect(replied.text.contains("已办理"))
    #expect(replied.text.contains("住建局李工 · 电话"))
    let summary = try office.history("c1").summary
    #expect(summary.stage == .replied)
    #expect(summary.reply == "已经修好了")
    #expect(try await clerk.get("/desk").text.contains("没有在办的办件"))
  }

  @Test func `the event names the command that the form was, and who gave it in which capacity`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let page = try await clerk.get("/desk/cases/c1")
    let id = try #require(try page.hidden("id", of: "sign").split(separator: ".").first)
    _ = try await clerk.done("sign", of: "c1")
    let event = try #require(try office.history("c1").events.last)
    #expect(event.cause?.hasPrefix("id-") == true)
    #expect(event.cause != String(id), "each page has forms of its own")
    guard case .signed(let signed) = event.event else { return #expect(Bool(false)) }
    #expect(signed.by == "住建局李工")
  }

  @Test func `a form sent twice is one command, before and after it is worked off`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let page = try await clerk.get("/desk/cases/c1")
    let first = try await clerk.send("sign", of: "c1", [:], on: page)
    let second = try await clerk.send("sign", of: "c1", [:], on: page)
    #expect(first.location == second.location)
    try office.work()
    let events = try office.history("c1").events.count
    let third = try await clerk.send("sign", of: "c1", [:], on: page)
    #expect(third.status == 303)
    try office.work()
    #expect(try office.history("c1").events.count == events)
    #expect(try office.history("c1").summary.stage == .signed)
    #expect(try await clerk.get(try #require(third.location)).text.contains("已办理"))
  }

  @Test func `a refusal is shown with its reason, in the reader's language`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let colleague = try Browser(office, "zhujian2")
    let page = try await clerk.get("/desk/cases/c1")
    _ = try await colleague.done("reply", of: "c1", ["method": "phone", "text": "修好了"])
    let late = try await clerk.send("request-extension", of: "c1", ["days": "3", "reason": "下雨"], on: page)
    #expect(late.status == 303)
    try office.work()
    let address = try #require(late.location)
    let shown = try await clerk.get(address)
    #expect(shown.text.contains("未予受理"))
    #expect(shown.text.contains("已经答复"))
    var reader = clerk
    reader.language = "en"
    #expect(try await reader.get(address).text.contains("it has been answered"))
  }

  @Test func `handing on leads over route to the next owner`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let page = try await clerk.done("transfer", of: "c1", ["to": "sw", "reason": "是排水的事"])
    #expect(page.text.contains("<strong>转办</strong>"))
    #expect(try office.history("c1").summary.offered?.id == "sw")
    let other = try Browser(office, "shuiwu")
    #expect(try await other.get("/desk").text.contains("待签收"))
    _ = try await other.done("sign", of: "c1")
    #expect(try await clerk.get("/desk/cases/c1").status == 404)
  }

  @Test func `a station that watches over a case decides on more time, and assigns it`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    _ = try await clerk.done("sign", of: "c1")
    _ = try await clerk.done("request-extension", of: "c1", ["days": "3", "reason": "下雨"])
    let station = try Browser(office, "liuhe")
    let list = try await station.get("/desk")
    #expect(list.text.contains("督办/下级"))
    #expect(list.text.contains("待审批的延期申请"))
    let extended = try await station.done("extend", of: "c1")
    #expect(extended.text.contains("<strong>延期</strong>"))
    #expect(try office.history("c1").summary.deadline.due.description == "2026-06-15")
    let assigned = try await station.done("assign", of: "c1", ["to": "sw", "reason": "属水务"])
    #expect(assigned.text.contains("<strong>交办</strong>"))
    let summary = try office.history("c1").summary
    #expect(summary.offered?.id == "sw")
    #expect(summary.supervisor?.id == "lh")
  }

  @Test func `while the log and the disk are away what was typed is kept`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    office.answer(.unavailable)
    let away = try await clerk.send("reply", of: "c1", ["method": "phone", "text": "已经修好了"])
    #expect(away.status == 503)
    #expect(away.form("reply")?.contains("已经修好了") == true)
    #expect(away.text.contains("暂时无法提交"))
    office.answer(.tooLarge)
    #expect(try await clerk.send("reply", of: "c1", ["method": "phone", "text": "好"]).status == 413)
    office.answer(.durable)
    let sent = try await clerk.send("reply", of: "c1", ["method": "phone", "text": "已经修好了"], on: away)
    #expect(sent.status == 303)
  }

  @Test func `what takes longer than usual says so, and is asked after less often`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let sent = try await clerk.send("sign", of: "c1")
    office.advance(by: .seconds(61))
    let page = try await clerk.get(try #require(sent.location))
    #expect(page.text.contains("处理的时间比平时长"))
    #expect(
      page.headers.first { $0.name.canonicalName == "refresh" }?.value.hasPrefix("20; url=/desk/cases/c1?sent=") == true
    )
  }

  private static func name(_ number: Int) -> String { "c\(1000 + number)" }

  @Test func `the list goes on by pages, in the order of due days`() async throws {
    let office = try Office()
    for number in 1...130 {
      try office.open(Self.name(number))
      office.advance(by: .seconds(1))
    }
    let clerk = try Browser(office, "zhujian")
    let first = try await clerk.get("/desk")
    let next = try #require(first.text.firstRange(of: "rel=\"next\" href=\""))
    let address = String(first.text[next.upperBound...].prefix { $0 != "\"" })
    let second = try await clerk.get(address)
    func cases(_ page: Browser.Page) -> [String] {
      page.text.split(separator: "/desk/cases/").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
    #expect(cases(first) + cases(second) == (1...130).map { Self.name($0) })
    #expect(!second.text.contains("rel=\"next\""))
    #expect(try await clerk.get("/desk?after=nonsense").text.contains("已失效"))
  }
}
