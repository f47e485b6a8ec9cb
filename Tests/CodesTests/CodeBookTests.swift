import Cases
import Codes
import EventLog
import Streams
import Testing
import Time

struct CodeBookTests {
  private func book(_ records: Record...) throws -> CodeBook {
    var book = CodeBook()
    for record in records { try book.apply(record) }
    return book
  }

  private func scan(_ code: Code, at time: Instant = now) throws -> Scan {
    let keys = try sampleKeys()
    return try book(code.record).scan(keys.open(keys.token(code.kind, code.id).text), at: time)
  }

  @Test func `a scan tells all that the code is for`() throws {
    #expect(
      try scan(sampleCode(category: "教育文体"))
        == Scan(standing: .valid, kind: .deputy, holder: "d1", place: "村委会门口", category: "教育文体"))
    #expect(try scan(sampleCode(stationSubject)) == Scan(standing: .valid, kind: .station, holder: "liuhe"))
    #expect(
      try scan(sampleCode(activitySubject))
        == Scan(standing: .valid, kind: .activity, holder: "liuhe", activity: "代表进景区", place: "入口"))
  }

  @Test(arguments: [(-1, Scan.Standing.early), (0, .valid), (86_399_999, .valid), (86_400_000, .expired)])
  func `a code is valid from its first moment on and before its last`(after: Int, standing: Scan.Standing) throws {
    let code = try sampleCode(from: given("2026-10-01T00:00:00+08:00"), until: given("2026-10-02T00:00:00+08:00"))
    let time = try moment("2026-10-01T00:00:00+08:00") + .milliseconds(after)
    #expect(try scan(code, at: time) == Scan(standing: standing, kind: .deputy, holder: "d1", place: "村委会门口"))
  }

  @Test(arguments: [Instant.distantPast, now, .distantFuture])
  func `a revoked code is revoked at any time, one without times is valid at any`(time: Instant) throws {
    var code = try sampleCode(until: given("2026-10-02T00:00:00+08:00"))
    code.revoked = Code.Revocation(at: GivenTime(now), reason: "遗失")
    #expect(try scan(code, at: time) == Scan(standing: .revoked, kind: .deputy, holder: "d1", place: "村委会门口"))
    #expect(try scan(sampleCode(), at: time).standing == .valid)
  }

  @Test func `a genuine token of no code, one of another kind, and what is no token are unknown`() throws {
    let keys = try sampleKeys()
    let code = try sampleCode()
    let book = try book(code.record)
    for token in [keys.token(.station, code.id), keys.token(.station, try sampleCode(stationSubject).id)] {
      #expect(book.scan(keys.open(token.text), at: now) == Scan(standing: .unknown))
    }
    #expect(book.scan(nil, at: now) == Scan(standing: .unknown))
  }

  @Test func `the newest record of a code stands, and one without a value forgets it`() throws {
    let code = try sampleCode()
    var revoked = code
    revoked.revoked = Code.Revocation(at: GivenTime(now), reason: "换届")
    #expect(try book(code.record, revoked.record)[code.id] == revoked)
    #expect(try book(revoked.record, code.record)[code.id] == code)
    let other = try sampleCode(stationSubject)
    let forgotten = try book(code.record, other.record, Record(key: code.id.key, value: nil))
    #expect(forgotten.sorted == [other] && forgotten.count == 1)
  }

  @Test func `a record is a CloudEvent under the code's id`() throws {
    var code = try sampleCode()
    let event = try CloudEvent(code.record)
    #expect(code.record.key == code.id.key)
    #expect(event.type == "cn.huiyin.code.v1" && event.subject == code.id.text && event.source == "/huiyin/codes")
    #expect(event.id == "\(code.id).made" && event.time?.instant == now)
    code.revoked = Code.Revocation(at: try given("2026-10-02T00:00:00+08:00"), reason: "遗失")
    let revocation = try CloudEvent(code.record)
    #expect(revocation.id == "\(code.id).revoked" && revocation.time?.text == "2026-10-02T00:00:00+08:00")
    #expect(try Code(code.record) == code)
    let expected =
      #"{"holder":"d1","id":"HFGEGZSZV3V89AEW","kind":"deputy","made":"2026-09-21T22:13:20+08:00","place":"村委会门口","#
      + #""revoked":{"at":"2026-10-02T00:00:00+08:00","reason":"遗失"},"serial":1}"#
    #expect(String(decoding: try #require(revocation.data), as: UTF8.self) == expected)
  }

  @Test(arguments: [
    (#""d1""#, #""d 1""#, "data.holder is not an id of the directory"),
    (#""deputy""#, #""activity""#, "data.activity is missing, or of a code that is none of an activity"),
    (#""deputy""#, #""mayor""#, "data.kind is not a value allowed there"),
    (#""村委会门口""#, #"" ""#, "data.place is empty, longer than 100 characters, or not one line"),
    (#""村委会门口""#, #""a\nb""#, "data.place is empty, longer than 100 characters, or not one line"),
    (#""serial":1"#, #""serial":0"#, "data.serial is less than 1"),
    (#""HFGEGZSZV3V89AEW""#, #""HFGEGZSZV3V89AE0""#, "data.id is not a code's id"),
    (#""HFGEGZSZV3V89AEW""#, #""HFGEGZSZV3V89AEX""#, "the record's key is not the code's id"),
    (
      #""serial":1"#, #""serial":1,"from":"2026-10-02T00:00:00Z","until":"2026-10-02T00:00:00Z""#,
      "data.until is not after data.from"
    ),
    ("{", "", "data is not JSON"),
  ])
  func `a broken record is told, and leaves what was known`(right: String, wrong: String, reason: String) throws {
    let code = try sampleCode()
    var record = code.record
    let text = String(decoding: try #require(record.value), as: UTF8.self)
    record.value = Array(text.replacing(right, with: wrong).utf8)
    var book = try book(code.record)
    let error = #expect(throws: Rejection.self) { try book.apply(record) }
    #expect(error?.reason == reason)
    #expect(book[code.id] == code)
  }

  @Test func `a record of another type is told`() throws {
    var event = try CloudEvent(sampleCode().record)
    event.type = "cn.huiyin.other.v1"
    #expect(throws: Rejection("unknown type cn.huiyin.other.v1 of a code")) { try Code(event.record(key: nil)) }
  }
}
