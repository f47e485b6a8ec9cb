import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Open311
import Testing
import Time

struct RequestsTests {
  /// A case about which everything personal is known.
  private static func listed(
    _ id: String = "case.1", phase: CaseSummary.Phase = .open, category: String? = "城乡建设",
    subcategory: String? = "路灯"
  ) throws -> ListedCase {
    let received = try #require(GivenTime("2026-09-24T10:00:00+08:00"))
    let opinion = Opinion(
      channel: "web", title: "题<目>", text: "绝密 13812345678", address: "绝密路 13812345678",
      location: Location(latitude: 28.23456, longitude: 112.98765),
      citizen: Citizen(id: "绝密", name: "绝密", phone: "绝密", email: "绝密", anonymous: false),
      attachments: [
        Opinion.Attachment(url: "file:///x", mediaType: "image/png"),
        Opinion.Attachment(url: "https://files.example/1.jpg", mediaType: "image/jpeg"),
      ])
    let due = try #require(CalendarDate("2026-10-12"))
    let deadline = CaseEvent.ReplyDeadline(
      due: due, expires: GivenTime(TimeOffset.shanghai.instant(of: due, at: .seconds(24 * 3600))), workingDays: 7,
      calendar: "cn-1", policy: "reply-1", provisional: false, generation: 1)
    let submission = Submission(
      opinion: OpinionReference(source: "/test", id: id), received: received, recorded: received, historic: false,
      statement: Statement(opinion))
    let number = try #require(CaseID(id))
    let opened = CaseEvent.Opened(submission: submission, deadline: deadline)
    var summary = try #require(CaseSummary(id: number, first: .opened(opened)))
    summary.stage =
      switch phase {
      case .open: .signed
      case .replied: .replied
      case .closed: .closed
      }
    summary.category = category
    summary.subcategory = subcategory
    summary.owner = Owner(id: "cj", kind: .department, name: "城建局")
    return ListedCase(summary: summary, updated: GivenTime("2026-09-25T10:00:00+08:00"))
  }

  private static func office(_ listed: [ListedCase]?, isOpen: Bool = false) throws -> Office {
    var book = Office.Book()
    book.listed = listed
    return try Office(book: book, isOpen: isOpen)
  }

  private static func filter(_ query: String) async throws -> CaseFilter? {
    let office = try office([])
    #expect(try await office.get("requests.json?" + query).head.status == .ok)
    return office.book.log.filters.last
  }

  @Test func `a request shows what the case has come to, and nothing personal`() async throws {
    let office = try Self.office([try Self.listed()])
    let response = try await office.get("requests.json")
    let entry = try #require(response.entries.first)
    let expected: [String: String] = [
      "service_request_id": "case.1", "status": "open", "status_notes": "办理中", "service_name": "城乡建设/路灯",
      "service_code": Office.services[1].code, "description": "城乡建设/路灯", "agency_responsible": "城建局",
      "requested_datetime": "2026-09-24T10:00:00+08:00", "updated_datetime": "2026-09-25T10:00:00+08:00",
      "expected_datetime": "2026-10-13T00:00:00+08:00",
    ]
    for (name, value) in expected { #expect(entry[name] as? String == value, "\(name)") }
    #expect(entry["lat"] as? Double == 28.23)
    #expect(entry["long"] as? Double == 112.99)
    for name in ["service_notice", "address", "address_id", "zipcode", "media_url"] {
      #expect(entry[name] is NSNull, "\(name)")
    }
    #expect(entry.count == 17)
    let xml = try await office.get("requests.xml")
    for body in [response.body, xml.body] {
      let text = String(decoding: body, as: UTF8.self)
      for word in ["绝密", "138", "题", "files.example", "28.234"] { #expect(!text.contains(word), "\(word)") }
    }
    let element = try #require(xml.xml["request"])
    #expect(element.children.count == 17)
    for (name, value) in expected { #expect(element[name]?.text == value, "\(name)") }
    #expect(element["lat"]?.text == "28.23")
    #expect(element["zipcode"]?.text == "")
  }

  @Test func `where texts are public their personal numbers are masked`() async throws {
    let office = try Self.office([try Self.listed()], isOpen: true)
    let entry = try #require(try await office.get("requests/case.1.json").entries.first)
    #expect(entry["description"] as? String == "题<目>\n绝密 138****5678")
    #expect(entry["address"] as? String == "绝密路 138****5678")
    #expect(entry["lat"] as? Double == 28.23456)
    #expect(entry["media_url"] as? String == "https://files.example/1.jpg")
    let xml = try await office.get("requests/case.1.xml")
    #expect(try xml.xml["request"]?["description"]?.text == "题<目>\n绝密 138****5678")
    #expect(String(decoding: xml.body, as: UTF8.self).contains("题&lt;目&gt;"))
  }

  @Test(arguments: [(CaseSummary.Phase.open, "open", "办理中"), (.replied, "open", "已答复"), (.closed, "closed", "已办结")])
  func `a request is open until the citizen has been told the answer`(
    phase: CaseSummary.Phase, status: String, notes: String
  ) async throws {
    let entry = try #require(
      try await Self.office([try Self.listed(phase: phase)]).get("requests.json").entries.first)
    #expect(entry["status"] as? String == status)
    #expect((entry["status_notes"] as? String)?.hasPrefix(notes) == true)
  }

  @Test func `a case without a category, or of one no longer offered, is listed all the same`() async throws {
    let office = try Self.office([
      try Self.listed(category: nil, subcategory: nil), try Self.listed(category: "从前的", subcategory: nil),
    ])
    let entries = try await office.get("requests.json").entries
    #expect(entries[0]["service_code"] is NSNull)
    #expect(entries[0]["description"] is NSNull)
    #expect(entries[1]["service_name"] as? String == "从前的")
    #expect(entries[1]["service_code"] as? String == Open311Service(category: "从前的").code)
  }

  @Test func `without arguments the last 90 days are listed, a thousand at most`() async throws {
    let now = try #require(Instant(rfc3339: Office.now))
    #expect(try await Self.filter("") == CaseFilter(received: (now - .seconds(90 * 86400))...now, limit: 1000))
    #expect(try await Self.filter("status=&service_code=&start_date=&page=") == Self.filter(""))
  }

  @Test(arguments: [
    ("start_date=2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"),
    ("end_date=2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"),
    ("start_date=2026-01-01T08:00:00%2B08:00&end_date=2026-01-02", "2026-01-01T00:00:00Z", "2026-01-01T16:00:00Z"),
    (
      "start_date=2026-01-01T08:00:00+08:00&end_date=2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z",
      "2026-04-01T00:00:00Z"
    ),
  ])
  func `dates bound the list`(query: String, start: String, end: String) async throws {
    let start = try #require(Instant(rfc3339: start))
    let end = try #require(Instant(rfc3339: end))
    #expect(try await Self.filter(query)?.received == start...end)
  }

  @Test func `status, services and pages choose from it`() async throws {
    #expect(try await Self.filter("status=open")?.phases == [.open, .replied])
    #expect(try await Self.filter("status=closed")?.phases == [.closed])
    #expect(try await Self.filter("status=open,closed")?.phases == [.open, .replied, .closed])
    let codes = Office.services[0].code + "," + Office.services[3].code
    #expect(
      try await Self.filter("service_code=" + codes)?.subjects == [
        CaseFilter.Subject(category: "城乡建设"), CaseFilter.Subject(category: "教育文体", subcategory: "其他"),
      ])
    let page = try #require(try await Self.filter("page=3&page_size=50"))
    #expect(page.offset == 100)
    #expect(page.limit == 50)
  }

  @Test(arguments: [
    ("start_date=yesterday", 400), ("end_date=2026-13-01", 400),
    ("start_date=2026-01-02&end_date=2026-01-01", 400), ("start_date=2026-01-01&end_date=2026-04-02", 400),
    ("status=done", 400), ("status=open,%3Cb%3E", 400), ("service_code=none", 404), ("page=0", 400),
    ("page=10001", 400),
    ("page_size=1001", 400), ("page_size=99999999999999999999", 400),
    ("service_request_id=" + String(repeating: "a,", count: 1001), 400),
  ])
  func `an argument that cannot be is an error`(query: String, status: Int) async throws {
    let office = try Self.office([])
    let response = try await office.get("requests.json?" + query)
    #expect(response.head.status.code == status)
    #expect(try response.entries.first?["code"] as? Int == status)
    #expect(!String(decoding: response.body, as: UTF8.self).contains("<b>"))
    #expect(office.book.log.filters.isEmpty)
  }

  @Test func `a list of ids overrides all else`() async throws {
    let office = try Self.office([try Self.listed("a"), try Self.listed("b"), try Self.listed("c")])
    let entries = try await office.get("requests.json?service_request_id=c,none,a,%20&status=nonsense").entries
    #expect(entries.map { $0["service_request_id"] as? String } == ["c", "a"])
  }

  @Test(arguments: ["requests/none.json", "requests/%20.json", "tokens/%20.json"])
  func `what there is not gets 404`(path: String) async throws {
    #expect(try await Self.office([try Self.listed("a")]).get(path).head.status == .notFound)
  }

  @Test func `a token is the id itself`() async throws {
    let entry = try #require(try await Self.office([]).get("tokens/h1.json").entries.first)
    #expect(entry as? [String: String] == ["service_request_id": "h1", "token": "h1"])
    let xml = try await Self.office([]).get("tokens/h1.xml").xml
    #expect(xml["request"]?["token"]?.text == "h1")
  }

  @Test(arguments: ["requests.json", "requests/a.json", "requests.json?service_request_id=a"])
  func `a model that cannot be read gets 503`(path: String) async throws {
    let response = try await Self.office(nil).get(path)
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.head.headerFields[.retryAfter] == "5")
  }

  @Test func `whatever people wrote, XML stays well formed`() async throws {
    let hostile = "<script>&amp;]]>\"'\u{0}\u{1b}\u{fffe}\u{301}<\u{338}b>\r\n\t🙂"
    var listed = try Self.listed()
    listed.summary.submission.statement.title = nil
    listed.summary.submission.statement.text = hostile
    listed.summary.category = hostile
    listed.summary.owner?.name = hostile
    let xml = try await Self.office([listed], isOpen: true).get("requests.xml").xml
    let shown = String(
      String.UnicodeScalarView(
        hostile.unicodeScalars.map {
          [0, 0x1b, 0xfffe].contains($0.value) ? "\u{fffd}" : $0
        }))
    #expect(
      Array(xml["request"]?["description"]?.text.unicodeScalars ?? "".unicodeScalars) == Array(shown.unicodeScalars))
    #expect(Array(xml["request"]?["agency_responsible"]?.text.utf8 ?? "".utf8) == Array(shown.utf8))
  }
}
