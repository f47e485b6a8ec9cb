import Attachments
import Cases
import EventLog
import HTTPTypes
import HTTPValues
import PhonePage
import Streams
import Testing
import Time

struct CasePageTests {
  private let desk: Desk
  private let visitor: Visitor
  private let id: CaseID

  init() throws {
    desk = try Desk()
    visitor = Visitor(desk.casePage)
    id = try #require(CaseID("h7gk2"))
  }

  @Test func `without its key a case is not found, and the read model is not asked`() async throws {
    desk.show(.known(try Desk.progress()))
    let key = CaseKey(of: id, under: desk.secret).text
    let pages = ["/c/\(id)", "/c/\(id)?k=", "/c/\(id)?k=\(key)x", "/c/other?k=\(key)", "/c/?k=\(key)", "/c/a%20b?k=x"]
    var bodies: Set<[UInt8]> = []
    for path in pages {
      for method in [HTTPRequest.Method.get, .post] {
        let response = try await visitor.send(method, path)
        #expect(response.head.status == .notFound, "\(path)")
        bodies.insert(response.body)
      }
    }
    #expect(bodies.count == 1)
    #expect(desk.asked.isEmpty)
  }

  @Test func `a case that is just being entered says so, and looks again by itself`() async throws {
    let response = try await visitor.get(desk.address(of: id))
    #expect(response.head.status == .ok)
    #expect(response.page.contains("正在登记") && response.page.contains("<meta http-equiv=\"refresh\" content=\"5\">"))
    #expect(response.page.contains("<b class=\"number\">h7gk2</b>"))
  }

  @Test func `while the cases cannot be read the answer is 503`() async throws {
    desk.show(.unavailable)
    let response = try await visitor.get(desk.address(of: id))
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.head.headerFields[.retryAfter] == "10")
    #expect(response.page.contains("您的意见没有丢"))
  }

  @Test func `an open case shows its steps, who is in charge, and when an answer is due`() async throws {
    desk.show(.known(try Desk.progress()))
    let response = try await visitor.get(desk.address(of: id))
    #expect(response.head.headerFields[.cacheControl] == "private, no-store")
    #expect(response.body.count < 30_000)
    let page = response.page
    for words in ["正在办理", "最迟10月12日（周一）答复您", "柳河镇人民政府", "城乡建设", "9月24日 10:05"] {
      #expect(page.contains(words), "\(words)")
    }
    for step in ["登记", "反映", "处理", "结果", "反馈"] { #expect(page.contains("<b>\(step)</b>")) }
    #expect(page.components("<li class=\"done\">") == 2 && page.components("<li class=\"now\">") == 1)
    #expect(!page.contains("http-equiv") && !page.contains("satisfaction") && !page.contains("<script"))
  }

  @Test func `an overdue case says so openly`() async throws {
    desk.show(.known(try Desk.progress(overdue: true)))
    let page = try await visitor.get(desk.address(of: id)).page
    #expect(page.contains("<p class=\"state late\">已超过答复期限</p>") && page.contains("本应在10月12日（周一）前答复您"))
  }

  @Test func `personal numbers are masked, and a text that was not looked through is not shown`() async throws {
    var progress = try Desk.progress()
    desk.show(.known(progress))
    let page = try await visitor.get(desk.address(of: id)).page
    #expect(page.contains("139****5678") && !page.contains("13912345678"))
    progress.reading = nil
    desk.show(.known(progress))
    #expect(!(try await visitor.get(desk.address(of: id)).page.contains("路灯")))
  }

  @Test func `attachments kept here are linked with what opens them, others are not shown`() async throws {
    let name = AttachmentName(of: [1])
    let mine = Opinion.Attachment(url: name.url, mediaType: "audio/amr")
    let other = Opinion.Attachment(url: "javascript:alert(1)", mediaType: "image/jpeg")
    desk.show(.known(try Desk.progress(attachments: [other, mine])))
    let page = try await visitor.get(desk.address(of: id)).page
    let address = AttachmentLink(name, of: id, under: desk.secret).address.replacing("&", with: "&amp;")
    #expect(page.contains("<a href=\"\(address)\">录音 2</a>"))
    #expect(!page.contains("javascript:"))
  }

  @Test func `the answer is shown, and can be rated`() async throws {
    desk.show(.known(try Desk.progress(.replied, done: 4, replies: ["已安排维修。", "已经修好。"])))
    let response = try await visitor.get(desk.address(of: id))
    let (last, first) = (response.page.firstRange(of: "已经修好"), response.page.firstRange(of: "已安排维修"))
    #expect(try #require(last).lowerBound < (try #require(first)).lowerBound)
    #expect(response.page.contains("书面答复") && response.page.contains("9月30日 16:20"))
    let form = try #require(response.hidden("form"))
    let rated = try await visitor.post(
      desk.address(of: id), ["form": form, "satisfaction": "fair", "text": " 还行\r\n谢谢 "], isMultipart: false)
    #expect(rated.head.status == .seeOther)
    #expect(rated.head.headerFields[.location] == desk.address(of: id) + "&rated")
    let output = try #require(desk.put.first)
    #expect(output.topic == Topics.commands && output.record.key == id.key)
    let event = try CloudEvent(output.record)
    #expect(event.id == "rate-form-1" && event.source == "/huiyin/page" && event.subject == id.text)
    #expect(event.time?.instant == desk.now)
    let command = try CaseCommand(type: event.type, data: event.data)
    #expect(command == .rate(CaseCommand.Rate(satisfaction: .fair, text: " 还行\n谢谢 ")))
    let thanks = try await visitor.get(desk.address(of: id) + "&rated").page
    #expect(thanks.contains("谢谢您的评价") && !thanks.contains("satisfaction"))
  }

  @Test func `tapped twice it is the same command`() async throws {
    desk.show(.known(try Desk.progress(.closed, done: 5, replies: ["已经修好。"])))
    let form = try #require(try await visitor.get(desk.address(of: id)).hidden("form"))
    for _ in 0..<2 {
      _ = try await visitor.post(desk.address(of: id), ["form": form, "satisfaction": "satisfied"], isMultipart: false)
    }
    let ids = try desk.put.map { try CloudEvent($0.record).id }
    #expect(ids == ["rate-form-1", "rate-form-1"])
  }

  @Test func `what has been rated says thanks and asks no more`() async throws {
    desk.show(.known(try Desk.progress(.closed, done: 5, replies: ["已经修好。"], rating: .satisfied)))
    let page = try await visitor.get(desk.address(of: id)).page
    #expect(page.contains("谢谢您的评价。 满意") && !page.contains("name=\"satisfaction\""))
  }

  @Test func `a rating that is not ours, without a button, or too old is asked for again`() async throws {
    desk.show(.known(try Desk.progress(.replied, done: 4, replies: ["已经修好。"])))
    let form = try #require(try await visitor.get(desk.address(of: id)).hidden("form"))
    let other = try #require(CaseID("other"))
    let elsewhere = try #require(try await visitor.get(desk.address(of: other)).hidden("form"))
    for fields in [
      ["form": form], ["form": form, "satisfaction": "very"], ["satisfaction": "fair"],
      ["form": elsewhere, "satisfaction": "fair"],
    ] {
      let response = try await visitor.post(
        desk.address(of: id), fields.merging(["text": "<谢谢>"]) { $1 }, isMultipart: false)
      #expect(response.head.status == .unprocessableContent)
      #expect(response.page.contains("&lt;谢谢&gt;</textarea>"))
    }
    desk.advance(by: .seconds(13 * 3600))
    let late = try await visitor.post(desk.address(of: id), ["form": form, "satisfaction": "fair"], isMultipart: false)
    #expect(late.head.status == .unprocessableContent)
    let crossSite = try await visitor.post(
      desk.address(of: id), ["form": form, "satisfaction": "fair"], headers: ["Sec-Fetch-Site": "cross-site"],
      isMultipart: false)
    #expect(crossSite.head.status == .forbidden)
    #expect(desk.put.isEmpty)
  }

  @Test func `a rating that cannot be taken keeps its words, and stays the same when it is sent again`() async throws {
    desk.show(.known(try Desk.progress(.replied, done: 4, replies: ["已经修好。"])))
    let form = try #require(try await visitor.get(desk.address(of: id)).hidden("form"))
    desk.setAway(true)
    let response = try await visitor.post(
      desk.address(of: id), ["form": form, "satisfaction": "unsatisfied", "text": "还是黑"], isMultipart: false)
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.page.contains("评价暂时没能收下") && response.page.contains("还是黑</textarea>"))
    #expect(response.hidden("form") == form)
  }

  @Test func `nothing that came from outside is markup`() async throws {
    let hostile = "\"'><script>alert(1)</script>1"
    desk.show(.known(try Desk.progress(.replied, done: 4, replies: [hostile], text: hostile)))
    let page = try await visitor.get(desk.address(of: id)).page
    #expect(!page.contains("<script"))
    #expect(page.components("&quot;&#39;&gt;&lt;script&gt;") == 2)
  }

  @Test func `English has days and steps of its own`() async throws {
    desk.show(.known(try Desk.progress()))
    let page = try await Visitor(desk.casePage, language: "en").get(desk.address(of: id)).page
    for words in ["<html lang=\"en\">", "You get an answer by Mon 12 Oct at the latest.", "24 Sep 10:05", "Registered"]
    {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test func `other methods get 405 and other paths belong to others`() async throws {
    #expect(try await visitor.send(.delete, desk.address(of: id)).head.headerFields[.allow] == "GET, HEAD, POST")
    for path in ["/c", "/c/a/b", "/q/a"] { #expect(try await visitor.get(path).body == Response.notFound.body) }
  }
}
