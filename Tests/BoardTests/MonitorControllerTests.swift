import Accounts
import Board
import CaseStories
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Testing
import Time

struct MonitorControllerTests {
  private static func late() throws -> Story {
    var story = try Story("late", text: "绝密的意见", title: "绝密的标题", address: "绝密的地点", provisional: true)
    try story.assign()
    story.becomeOverdue()
    return story
  }

  @Test(arguments: [
    ("/overdue", "application/json" as String?), ("/overdue.json", nil), ("/overdue.json", "text/html"),
  ])
  func `the overdue list is had as JSON`(path: String, accept: String?) async throws {
    let report = try await Hall([Self.late()]).json(path, as: "root", accept: accept)
    #expect(report["at"] as? String == "2026-10-15T09:00:00+08:00")
    #expect(report["total"] as? Int == 1)
    let line = try #require((report["cases"] as? [[String: Any]])?.first)
    #expect(line["case"] as? String == "late")
    #expect(line["owner"] as? [String: String] == ["id": "cj", "kind": "department", "name": "城建局"])
    #expect(line["category"] as? String == "城乡建设")
    #expect(line["received"] as? String == "2026-09-24T10:00:00+08:00")
    #expect(line["due"] as? String == "2026-10-12")
    #expect(line["workingDaysLate"] as? Int == 3)
    #expect(line["phase"] as? String == "open")
    #expect(line["provisional"] as? Bool == true)
  }

  @Test func `the page of a case tells its whole story`() async throws {
    var story = try Story(
      "a", received: "2026-09-24T02:00:00Z", text: "路灯坏了三个月", title: "路灯", address: "城南路",
      attachments: [Opinion.Attachment(url: "https://files.example/1.jpg", mediaType: "image/jpeg")])
    try story.assign()
    try story.reply(at: "2026-09-28T09:00:00+08:00", text: "已经修好")
    let monitor = try Hall([story])
    let page = try await monitor.page(monitor.address(of: story))
    for words in [
      "登记", "反映", "处理", "结果", "反馈", "路灯坏了三个月", "城南路", "已经修好", "李工", "电话", "城建局", "类别对应的承办单位", "87%", "cn-1", "reply-1",
      "2026-10-12", "2026-09-24 10:00", "2026-09-28 09:00", "href=\"https://files.example/1.jpg\"", "已答复待反馈",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(page.components(separatedBy: "<li class=\"done\">").count == 5)
    #expect(page.components(separatedBy: "<li class=\"now\" aria-current=\"step\">").count == 2)
    #expect(page.components(separatedBy: "<td data-label=\"#\">").count == 5)
  }

  @Test func `the office sees the marked words, how the deadline came about, and who else is concerned`() async throws {
    var story = try Story("a", text: "打13812345678，路灯坏了", title: "路灯")
    let at = try #require(GivenTime("2026-09-24T10:00:05+08:00"))
    let number = TextReading.Span(field: .text, start: 1, end: 12)
    let reading = TextReading(personalNumbers: [.init(kind: .mobile, span: number)], version: "reading-1")
    story.add(
      .classified(
        Classification(
          category: "城乡建设", confidence: 0.9, why: ["路灯"],
          spans: [
            .init(field: .text, start: 13, end: 15), .init(field: .text, start: 5, end: 8),
            .init(field: .title, start: 0, end: 99),
          ],
          by: .model, version: "model-1", reading: reading)), at: at)
    story.add(.assigned(Assignment(owner: .department, reason: "类别对应", directory: "d-1")), at: at)
    story.add(.similarFound(CaseEvent.SimilarFound(other: try #require(CaseID("b")), score: 0.87)), at: at)
    story.add(.similarFound(CaseEvent.SimilarFound(other: try #require(CaseID("unseen")), score: 0.7)), at: at)
    let hall = try Hall([story, .held("b", by: .department), .held("unseen", by: .other)])
    let page = try await hall.page("/cases/a", as: "chengjian")
    for words in [
      "打138*<mark>***</mark>5678，<mark>路灯</mark>坏了", "<mark>路灯</mark></bdi></h3>", "自 2026-09-24 10:00 的次日起 7 个工作日",
      "reply-1", "d-1", "模型 · model-1", "<a href=\"/cases/b\">b</a> 相似 87%", "href=\"/desk/cases/a\"",
      "aria-current=\"step\"", "还没有告知过谁",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(!page.contains("13812345678") && !page.contains("unseen"))
    // Its citizen sees neither marks nor other cases.
    let own = try await hall.page(hall.address(of: story))
    #expect(
      !own.contains("<mark>") && !own.contains("/cases/b") && !own.contains("/desk") && own.contains("138****5678"))
  }

  @Test func `what nobody has read for personal numbers is masked all the same`() async throws {
    let story = try Story("a", text: "打13900000000", address: "13900000000号")
    let hall = try Hall([story])
    for page in [try await hall.page("/cases/a", as: "root"), try await hall.page(hall.address(of: story))] {
      #expect(page.contains("打139****0000") && !page.contains("13900000000"))
    }
  }

  @Test func `a phone number in an opinion is masked on its page`() async throws {
    var story = try Story("masked", text: "请打13812345678找我")
    let span = TextReading.Span(field: .text, start: 2, end: 13)
    let reading = TextReading(personalNumbers: [.init(kind: .mobile, span: span)], version: "reading-1")
    story.add(
      .classified(
        Classification(category: "城乡建设", confidence: 0.9, why: [], version: "rules-1", reading: reading)),
      at: try #require(GivenTime("2026-09-24T10:00:05+08:00")))
    let monitor = try Hall([story])
    let page = try await monitor.page(monitor.address(of: story))
    #expect(page.contains("请打138****5678找我"))
    #expect(!page.contains("13812345678"))
  }

  @Test func `the steps of a case stand where its events have brought it`() async throws {
    var story = try Story("a")
    func states(_ story: Story) async throws -> [String] {
      let monitor = try Hall([story])
      let steps = try await monitor.json(monitor.address(of: story))["steps"] as? [[String: Any]]
      return (steps ?? []).map { "\($0["name"] ?? "")\($0["state"] ?? "")" }
    }
    #expect(try await states(story) == ["登记done", "反映now", "处理ahead", "结果ahead", "反馈ahead"])
    try story.assign()
    #expect(try await states(story) == ["登记done", "反映done", "处理now", "结果ahead", "反馈ahead"])
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    #expect(try await states(story) == ["登记done", "反映done", "处理done", "结果done", "反馈now"])
    try story.close(at: "2026-09-28T10:00:00+08:00")
    #expect(try await states(story) == ["登记done", "反映done", "处理done", "结果done", "反馈done"])
  }

  @Test func `a time that differs from when it was recorded is shown with it, and a late reply as late`() async throws {
    var story = try Story("a", recorded: "2026-09-24T11:00:01+08:00")
    try story.reply(at: "2026-10-28T09:00:00+08:00", overdue: true, recorded: "2026-10-29T17:30:00+08:00")
    let monitor = try Hall([story])
    let page = try await monitor.page(monitor.address(of: story))
    for words in ["记录于 2026-09-24 11:00", "记录于 2026-10-29 17:30", "<small><bdi>已逾期</bdi></small>"] {
      #expect(page.contains(words), "\(words)")
    }
    let prompt = try Story("a", recorded: "2026-09-24T11:00:00+08:00")
    #expect(try await !Hall([prompt]).page(monitor.address(of: prompt)).contains("记录于"))
  }

  @Test func `a case is had as JSON, with every event's data`() async throws {
    var story = try Self.late()
    try story.reply(at: "2026-10-13T09:00:00+08:00", overdue: true)
    let monitor = try Hall([story])
    let report = try await monitor.json(monitor.address(of: story))
    #expect(report["case"] as? String == "late")
    #expect(report["phase"] as? String == "replied")
    #expect(report["overdue"] as? Bool == true)
    #expect((report["deadline"] as? [String: Any])?["calendar"] as? String == "cn-1")
    #expect((report["owner"] as? [String: Any])?["reason"] as? String == "类别对应的承办单位")
    #expect((report["classification"] as? [String: Any])?["why"] as? [String] == ["路灯"])
    let history = try #require(report["history"] as? [[String: Any]])
    try #require(history.map { $0["sequence"] as? Int } == [1, 2, 3, 4, 5])
    #expect(history[3]["type"] as? String == "cn.huiyin.case.overdue.v1")
    #expect((history[3]["data"] as? [String: Any])?["due"] as? String == "2026-10-12")
  }

  @Test(arguments: ["text/html", "application/json", nil])
  func `without its key a case answers like one that does not exist`(accept: String?) async throws {
    let story = try Self.late()
    let other = try Story("other")
    let monitor = try Hall([story, other])
    let none = try #require(try await monitor.send("/cases/none?k=AAAAAAAAAAAAAAAAAAAAAA", accept: accept))
    #expect(none.head.status == .notFound)
    let key = CaseKey(of: story.id, under: monitor.secret).text
    for path in [
      "/cases/late?k=", "/cases/late?k=AAAAAAAAAAAAAAAAAAAAAA", "/cases/late?k=\(key)A",
      "/cases/late?k=\(CaseKey(of: other.id, under: monitor.secret).text)", "/cases/none?k=", "/cases/%20?k=\(key)",
    ] { #expect(try await monitor.send(path, accept: accept) == none, "\(path)") }
    #expect(!String(decoding: none.body, as: UTF8.self).contains("none"))
    if accept != "text/html" { #expect(none.head.headerFields[.contentType] == "application/problem+json") }
  }

  @Test func `whoever has the key of a case that is not read yet is asked to look again`() async throws {
    let monitor = try Hall([])
    let response = try #require(try await monitor.send(monitor.address(of: try Story("a")), accept: "text/html"))
    #expect(response.head.status == .notFound)
    #expect(response.head.headerFields[.retryAfter] == "5")
    #expect(String(decoding: response.body, as: UTF8.self).contains("意见已经收到"))
  }

  @Test func `what people wrote stays text, whatever it looks like`() async throws {
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=y>\"\u{301} onclick=\"z&<\u{338}b>"
    var story = try Story(
      "a", text: hostile, title: hostile, address: hostile,
      attachments: [
        Opinion.Attachment(url: "javascript:alert(1)", mediaType: hostile),
        Opinion.Attachment(url: "https://x/\"\u{301} onmouseover=\"alert(1)", mediaType: "image/png"),
      ])
    try story.assign(to: hostile, category: hostile)
    story.becomeOverdue()
    let monitor = try Hall([story])
    var replied = try Story("b")
    try replied.reply(at: "2026-09-28T09:00:00+08:00", text: hostile, by: hostile)
    let second = try Hall([replied])
    let pages = [
      try await monitor.page("/"), try await monitor.page("/overdue", as: "root"),
      try await monitor.page("/cases/a", as: "root"), try await second.page("/cases/b", as: "root"),
      try await monitor.page("/cases?q=a", as: "root"),
      try await monitor.page(monitor.address(of: story)), try await second.page(second.address(of: replied)),
    ]
    for page in pages {
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img"))
      for broken in ["<script>", "<img", "\"javascript:", "<b>"] { #expect(!page.contains(broken), "\(broken)") }
      // Byte by byte, since a mark that combines with a quotation mark hides it from String.contains.
      let bytes = Array(page.utf8)
      for broken in ["\"\u{301}", "<\u{338}"] {
        let pattern = Array(broken.utf8)
        #expect(!bytes.indices.contains { bytes[$0...].starts(with: pattern) }, "\(pattern)")
      }
    }
  }

  @Test func `pages need nothing from elsewhere and run nothing`() async throws {
    var story = try Self.late()
    try story.reply(at: "2026-10-13T09:00:00+08:00", overdue: true)
    let monitor = try Hall([Self.late()])
    for path in ["/", "/overdue", "/cases/late", "/review", "/health", "/dead-letters", monitor.address(of: story)] {
      let page = try await monitor.page(path, as: "root")
      for word in ["<script>", "style=", "<style", "http:", "https:", "src=\"h", "onclick"] {
        #expect(!page.contains(word))
      }
      #expect(page.contains("<link rel=\"stylesheet\" href=\"/huiyin.css\">"))
      #expect(page.contains("name=\"viewport\""))
      #expect(!page.contains("{{") && !page.contains("Optional("))
    }
    let response = try #require(try await monitor.send(monitor.address(of: story)))
    #expect(response.head.headerFields[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
    #expect(response.head.headerFields[try #require(HTTPField.Name("Referrer-Policy"))] == "no-referrer")
    #expect(response.head.headerFields[.cacheControl] == "private, no-store")
    let css = try #require(try await monitor.send("/huiyin.css"))
    #expect(css.head.headerFields[.contentType] == "text/css; charset=utf-8")
    #expect(String(decoding: css.body, as: UTF8.self).contains("@media print"))
  }

  @Test(arguments: [
    ("en", "en"), ("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), ("en;q=0.5,zh;q=0.4", "en"),
    ("fr", "zh-CN"), ("*", "zh-CN"), (";;q=,", "zh-CN"), (nil as String?, "zh-CN"),
  ])
  func `labels are English for whoever wants it more than Chinese`(asked: String?, given: String) async throws {
    let page = try await Hall([Self.late()]).page("/", language: asked)
    #expect(page.contains("<html lang=\"\(given)\">"))
    #expect(page.contains(given == "en" ? "Due today" : "今日到期"))
  }

  @Test func `other methods get 405 and other paths belong to others`() async throws {
    let monitor = try Hall([])
    for path in ["/", "/overdue", "/overdue.json", "/overdue.csv", "/huiyin.css", "/cases/a", "/health"] {
      let response = try #require(try await monitor.send(path, method: .post))
      #expect(response.head.status == .methodNotAllowed)
      #expect(response.head.headerFields[.allow] == "GET, HEAD")
    }
    for path in ["/opinions", "/cases/a/b", "/overdue/", "/metrics", "/dead-letters/a", "/dead-letters/a/0/1/burn"] {
      #expect(try await monitor.send(path) == nil, "\(path)")
    }
  }

  @Test func `the review queue shows both guesses and no word of the citizen's`() async throws {
    var story = try Story("unsure", text: "绝密的意见", title: "绝密的标题")
    let guess = Classification.Guess(category: "商贸旅游", confidence: 0.31)
    let classification = Classification(
      category: "城乡建设", confidence: 0.44, second: guess, sure: false, why: [], by: .model, version: "m")
    story.add(.classified(classification), at: try #require(GivenTime("2026-09-24T10:00:05+08:00")))
    let monitor = try Hall([story])
    let page = try await monitor.page("/review", as: "root")
    #expect(page.contains("城乡建设 44% · 商贸旅游 31%") && page.contains("unsure") && !page.contains("绝密"))
    let json = try await monitor.json("/review.json", as: "root")
    #expect(json["total"] as? Int == 1)
    #expect(!"\(json)".contains("绝密"))
  }
}
