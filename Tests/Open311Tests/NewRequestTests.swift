import APIKeys
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Open311
import Testing
import Time

struct NewRequestTests {
  @Test func `a request becomes an opinion and is answered with its case`() async throws {
    let office = try Office()
    let fields = [
      "service_code": Office.services[1].code, "lat": "28.2", "long": "-112.9", "address_string": " 城南路 3 号 ",
      "address_id": "77", "email": "a@example.com", "device_id": "d-1", "account_id": "acc", "first_name": "三",
      "last_name": "张", "phone": "13812345678", "description": "路灯坏了\n三个月", "jurisdiction_id": "x.example",
      "media_url": "https://files.example/1.JPG?size=1", "attribute[a]": "b",
    ]
    let response = try await office.post(
      fields, headers: ["Idempotency-Key": "k", "traceparent": "00-0-1-2", "tracestate": "a=b"])
    #expect(response.head.status == .created)
    #expect(response.head.headerFields[.cacheControl] == "no-store")
    let id = CaseID(opinion: OpinionReference(source: "/test", id: "1"), subject: nil)
    let entry = try #require(response.entries.first)
    #expect(entry["service_request_id"] as? String == id.text)
    #expect((entry["service_notice"] as? String)?.contains("https://board.example/cases/\(id)?k=K") == true)
    #expect(entry["account_id"] as? String == "acc")
    let submission = try #require(office.desk.taken.first)
    #expect(office.desk.taken.count == 1)
    #expect(submission.client == "portal")
    #expect(submission.idempotencyKey == "k")
    #expect(submission.traceParent == "00-0-1-2")
    #expect(submission.traceState == "a=b")
    #expect(submission.bodyDigest.count == 32)
    #expect(
      submission.opinion
        == Opinion(
          channel: "open311", text: "路灯坏了\n三个月", category: "城乡建设", subcategory: Office.services[1].subcategory,
          address: "城南路 3 号",
          location: Location(latitude: 28.2, longitude: -112.9),
          citizen: Citizen(
            id: "open311/portal/acc", name: "张三", phone: "13812345678", email: "a@example.com", anonymous: false),
          attachments: [Opinion.Attachment(url: "https://files.example/1.JPG?size=1", mediaType: "image/jpeg")]))
    #expect(throws: Never.self) { try submission.opinion.check() }
  }

  @Test func `a first-level code is enough, and so is an address`() async throws {
    let office = try Office()
    #expect(
      try await office.post(["service_code": Office.services[0].code, "address_id": "77"]).head.status == .created)
    let opinion = try #require(office.desk.taken.first?.opinion)
    // Without a description there is the name of the service.
    #expect(opinion == Opinion(channel: "open311", title: "城乡建设", text: "", category: "城乡建设", address: "77"))
    #expect(throws: Never.self) { try opinion.check() }
  }

  @Test func `XML answers the same`() async throws {
    let xml = try await Office().post(Office.form, to: "requests.xml").xml
    #expect(xml.name == "service_requests")
    let request = try #require(xml["request"])
    #expect(request.children.map(\.name) == ["service_request_id", "service_notice", "account_id"])
    #expect(request["service_request_id"]?.text.isEmpty == false)
    #expect(request["account_id"]?.text == "")
  }

  @Test(arguments: [
    ("First", "Last", "First Last"), ("三", "张", "张三"), ("", "张", "张"), ("Ann", "", "Ann"), ("小明", "Li", "小明 Li"),
  ])
  func `a name is put together as it is written`(first: String, last: String, name: String) async throws {
    let office = try Office()
    _ = try await office.post(Office.form.merging(["first_name": first, "last_name": last]) { $1 })
    #expect(office.desk.taken.first?.opinion.citizen.name == name)
  }

  @Test(arguments: [
    (["service_code": ""], 400, "service_code"), (["service_code": "none"], 404, "service_code"),
    (["lat": "", "long": ""], 400, "address_string"), (["lat": "28"], 201, ""), (["long": ""], 400, "lat and long"),
    (["lat": "91"], 400, "lat and long"), (["long": "-180.5"], 400, "lat and long"),
    (["lat": "nan"], 400, "lat and long"),
    (["lat": "inf"], 400, "lat and long"), (["lat": "0x1p3"], 400, "lat and long"), (["email": "绝密"], 400, "email"),
    (["phone": String(repeating: "绝", count: 41)], 400, "phone"),
    (["description": String(repeating: "q", count: 100_001)], 400, "description"),
    (["media_url": "javascript:alert(1)"], 400, "media_url"), (["media_url": "https://"], 400, "media_url"),
    (["media_url": "https:///x"], 400, "media_url"), (["media_url": "https://x y"], 400, "media_url"),
    (["media_url": "file:///etc/passwd"], 400, "media_url"), (["media_url": "HTTP://x"], 201, ""),
  ])
  func `what is wrong is named and not repeated`(change: [String: String], status: Int, words: String) async throws {
    let office = try Office()
    let response = try await office.post(Office.form.merging(change) { $1 })
    #expect(response.head.status.code == status)
    #expect(office.desk.taken.count == (status == 201 ? 1 : 0))
    guard status != 201 else { return }
    let error = try #require(response.entries.first)
    #expect(error["code"] as? Int == status)
    #expect((error["description"] as? String)?.contains(words) == true)
    let answer = String(decoding: response.body, as: UTF8.self)
    for word in ["绝", "密", "alert", "passwd"] { #expect(!answer.contains(word)) }
  }

  @Test(arguments: [nil, "", "wrong", "of another scope"])
  func `without a valid key nothing is taken`(key: String?) async throws {
    let office = try Office()
    let response = try await office.post(Office.form, to: "requests.xml", key: key)
    #expect(response.head.status == .forbidden)
    #expect(try response.xml["error"]?["code"]?.text == "403")
    #expect(office.desk.taken.isEmpty)
  }

  @Test func `a key may come in a header too`() async throws {
    #expect(try await Office().post(Office.form, key: nil, headers: ["X-API-Key": Office.key]).head.status == .created)
  }

  @Test func `where no keys were given out nobody may`() async throws {
    #expect(try await Office(hasKeys: false).post(Office.form).head.status == .forbidden)
  }

  @Test func `whoever comes too often is told when to come again`() async throws {
    struct Closed: APIKeyRate {
      func allow(_ key: APIKey, at now: Instant) -> Duration? { .seconds(7) }
    }
    let response = try await Office(rate: Closed()).post(Office.form)
    #expect(response.head.status == .tooManyRequests)
    #expect(response.head.headerFields[.retryAfter] == "7")
  }

  @Test(arguments: [
    (NewRequest.Outcome.conflicting, 422), (.invalidKey, 400), (.tooLarge, 413), (.unavailable, 503),
  ])
  func `what the desk says is said in the protocol's form`(outcome: NewRequest.Outcome, status: Int) async throws {
    let office = try Office()
    office.desk.meet(outcome)
    let response = try await office.post(Office.form)
    #expect(response.head.status.code == status)
    #expect(try response.entries.first?["code"] as? Int == status)
    #expect((response.head.headerFields[.retryAfter] == "5") == (status == 503))
  }

  @Test(arguments: [
    ("application/json", "{}", 415), ("multipart/form-data; boundary=x", "--x--", 415),
    ("application/x-www-form-urlencoded", "a=%zz", 400), ("application/x-www-form-urlencoded", "a=%ff", 400),
  ])
  func `only a form that can be read is read`(type: String, body: String, status: Int) async throws {
    let response = try await Office()
      .send(.post, "requests.json", headers: ["Content-Type": type], body: Array(body.utf8))
    #expect(response.head.status.code == status)
  }

  @Test func `a form may have 900,000 bytes`() async throws {
    let body = Array(repeating: UInt8(ascii: "a"), count: 900_001)
    let headers = ["Content-Type": "application/x-www-form-urlencoded"]
    let office = try Office()
    #expect(try await office.send(.post, "requests.json", headers: headers, body: body).head.status == .contentTooLarge)
    let smaller = Array(body.dropLast())
    #expect(try await office.send(.post, "requests.json", headers: headers, body: smaller).head.status == .forbidden)
  }
}
