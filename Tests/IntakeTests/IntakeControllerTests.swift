import Cases
import EventLog
import HTTPTypes
import HTTPValues
import Intake
import Streams
import Testing
import Time

struct IntakeControllerTests {
  @Test func `an opinion is answered with its case and the key to it once it is durable`() async throws {
    let gateway = try Gateway()
    let response = try await gateway.post()
    #expect(response.head.status == .accepted)
    let receipt = try response.receipt
    let output = try #require(await gateway.published.first)
    #expect(await gateway.published.count == 1)
    #expect(output.topic == "opinions")
    #expect(output.partition == nil)
    #expect(output.record.key == Array(receipt.case.utf8))
    let event = try CloudEvent(output.record)
    #expect(event.id == "drawn-1")
    #expect(event.source == "/huiyin/intake")
    #expect(event.type == "cn.huiyin.opinion.submitted.v1")
    #expect(event.subject == nil)
    #expect(event.time?.text == "2026-09-24T10:00:00+08:00")
    #expect(event.dataContentType == "application/json")
    #expect(try Opinion(data: event.data) == Opinion(channel: "wechat", text: "路灯坏了三个月"))
    let id = CaseID(opinion: OpinionReference(source: event.source, id: event.id), subject: nil)
    #expect(receipt.case == id.text)
    #expect(CaseKey(of: id, under: gateway.secret).matches(receipt.key))
    #expect(receipt.status == "/cases/\(id)?k=\(receipt.key)")
    #expect(response.head.headerFields[.location] == receipt.status)
    #expect(try gateway.count("accepted") == 1)
  }

  @Test func `the address of the page can be on another host`() async throws {
    let receipt = try await Gateway(statusBase: "https://board.example").post().receipt
    #expect(receipt.status.hasPrefix("https://board.example/cases/\(receipt.case)?k="))
  }

  @Test func `two opinions without a key are two cases, however alike`() async throws {
    let gateway = try Gateway()
    let first = try await gateway.post().receipt
    let second = try await gateway.post().receipt
    #expect(first.case != second.case)
    #expect(await gateway.published.count == 2)
  }

  @Test func `what a citizen let WeChat send them is passed on, and checked`() async throws {
    let gateway = try Gateway()
    _ = try await gateway.post(
      #"{"text":"x","citizen":{"anonymous":true,"subscription":{"once":["t-1","t-1"],"always":["t-2"]}}}"#)
    let opinion = try Opinion(data: try #require(await gateway.published.first).record.value)
    #expect(opinion.citizen.subscription == Subscription(once: ["t-1", "t-1"], always: ["t-2"]))
    let refused = try await gateway.post(#"{"text":"x","citizen":{"anonymous":true,"subscription":{"once":[""]}}}"#)
    #expect(refused.head.status == .badRequest)
  }

  @Test func `channel and citizen may be left out, and unknown fields are not passed on`() async throws {
    let gateway = try Gateway()
    _ = try await gateway.post(#"{"text":"x","secret":"y","citizen":{"anonymous":false,"name":"张三","age":3}}"#)
    _ = try await gateway.post(#"{"text":"x"}"#)
    let opinions = try await gateway.published.map { try Opinion(data: $0.record.value) }
    try #require(opinions.count == 2)
    #expect(opinions[0].citizen == Citizen(name: "张三", anonymous: false))
    #expect(opinions[1] == Opinion(channel: "web", text: "x", citizen: Citizen(anonymous: true)))
    let value = String(decoding: gateway.log.published[0].record.value ?? [], as: UTF8.self)
    #expect(!value.contains("secret") && !value.contains("age"))
  }

  @Test(arguments: [
    ("", "not JSON"), ("{", "not JSON"), ("null", "null"), ("\"绝密\"", "not"), ("{}", "text"),
    (#"{"text":null}"#, "text"), (#"{"text":7}"#, "text"), (#"{"text":" \n\t"}"#, "text"),
    (#"{"text":{"绝密":1}}"#, "text"), (#"{"text":"绝密","channel":"Web!"}"#, "channel"),
    (#"{"text":"绝密","channel":3}"#, "channel"), (#"{"text":"绝密","title":["绝密"]}"#, "title"),
    (#"{"text":"绝密","citizen":"绝密"}"#, "citizen"), (#"{"text":"绝密","citizen":{}}"#, "citizen.anonymous"),
    (#"{"text":"绝密","citizen":{"anonymous":"绝密"}}"#, "citizen.anonymous"),
    (#"{"text":"绝密","citizen":{"anonymous":true,"phone":1390000}}"#, "citizen.phone"),
    (#"{"text":"绝密","attachments":{}}"#, "attachments"),
    (#"{"text":"绝密","attachments":[{"url":"绝密"}]}"#, "attachments.0.mediaType"),
    (#"{"text":"绝密","attachments":[3]}"#, "attachments.0"), (#"{"text":"绝密\ud800绝密"}"#, "not JSON"),
    (#"{"text":"绝密\q绝密"}"#, ""), (#"{"text":"绝密"} 绝密"#, "not JSON"),
  ])
  func `a broken body gets 400 that names the field and repeats nothing`(body: String, field: String) async throws {
    let gateway = try Gateway()
    let response = try await gateway.post(body)
    #expect(response.head.status == .badRequest)
    let problem = try response.problem
    #expect(field.isEmpty || problem.detail.contains(field), "\(problem.detail)")
    let answer = String(decoding: response.body, as: UTF8.self)
    #expect(!answer.contains("绝密") && !answer.contains("1390000"))
    #expect(await gateway.published.isEmpty)
    #expect(try gateway.count("malformed") == 1)
  }

  @Test func `a body that is not UTF-8 gets 400`() async throws {
    let response = try await Gateway().post(bytes: Array(#"{"text":""#.utf8) + [0xc3, 0x28] + Array(#""}"#.utf8))
    #expect(response.head.status == .badRequest)
    #expect(try response.problem.detail.contains("UTF-8"))
  }

  @Test func `an opinion may have 900,000 bytes and not one more`() async throws {
    let gateway = try Gateway()
    let frame = #"{"channel":"web","citizen":{"anonymous":true},"text":""}"#.utf8.count
    let largest = String(repeating: "a", count: 900_000 - frame)
    let body = { (text: String) in #"{"channel":"web","citizen":{"anonymous":true},"text":""# + text + #""}"# }
    #expect(try await gateway.post(body(largest)).head.status == .accepted)
    #expect(try await gateway.post(body(largest + "a")).head.status == .contentTooLarge)
    // Small as it came, too large with the channel and the citizen that it left out.
    #expect(try await gateway.post(#"{"text":""# + largest + #""}"#).head.status == .accepted)
    let longer = String(repeating: "a", count: 900_000 - #"{"text":""}"#.utf8.count)
    #expect(try await gateway.post(#"{"text":""# + longer + #""}"#).head.status == .contentTooLarge)
    #expect(await gateway.published.count == 2)
    #expect(try gateway.count("too-large") == 2)
  }

  @Test(arguments: ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
  func `another content type gets 415`(type: String) async throws {
    let response = try await Gateway().post(headers: ["Content-Type": type])
    #expect(response.head.status == .unsupportedMediaType)
    #expect(try response.problem.detail.contains("application/json"))
  }

  @Test(arguments: ["application/json; charset=utf-8", "Application/JSON"])
  func `a content type may have parameters and capital letters`(type: String) async throws {
    #expect(try await Gateway().post(headers: ["Content-Type": type]).head.status == .accepted)
  }

  @Test func `other methods get 405 and other paths belong to others`() async throws {
    let gateway = try Gateway()
    let response = try #require(await gateway.send(.get, "/opinions"))
    #expect(response.head.status == .methodNotAllowed)
    #expect(response.head.headerFields[.allow] == "POST")
    for path in ["/", "/opinions/", "/opinions/1", "/cases/1"] { #expect(try await gateway.send(.post, path) == nil) }
  }

  @Test(arguments: ["", String(repeating: "k", count: 256), "with space", "中文", "a\tb"])
  func `a key that is not 1 to 255 visible characters gets 400`(key: String) async throws {
    #expect(IdempotencyKey(key, scope: "") == nil)
    guard !key.isEmpty else { return }
    let gateway = try Gateway()
    let response = try await gateway.post(key: key)
    #expect(response.head.status == .badRequest)
    #expect(try response.problem.detail.contains("Idempotency-Key"))
    #expect(await gateway.published.isEmpty)
  }

  private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test func `a trace goes on with the record`() async throws {
    let gateway = try Gateway()
    _ = try await gateway.post(headers: ["traceparent": Self.parent, "tracestate": "a=1,b=2"])
    let record = try #require(await gateway.published.first).record
    #expect(record.header("traceparent") == Array(Self.parent.utf8))
    #expect(record.header("tracestate") == Array("a=1,b=2".utf8))
  }

  @Test(arguments: [
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", parent + "-x", "x",
  ])
  func `a broken trace ends at the gateway, not the opinion`(parent: String) async throws {
    let gateway = try Gateway()
    let response = try await gateway.post(headers: ["traceparent": parent, "tracestate": "a=1"])
    #expect(response.head.status == .accepted)
    let record = try #require(await gateway.published.first).record
    #expect(record.header("traceparent") == nil)
    #expect(record.header("tracestate") == nil)
  }

  @Test func `a broken trace state leaves its trace alone`() {
    #expect(TraceContext(parent: Self.parent, state: "no member")?.headers.count == 1)
    #expect(TraceContext(parent: Self.parent, state: String(repeating: "a", count: 513) + "=")?.state == nil)
    #expect(TraceContext(parent: "01" + Self.parent.dropFirst(2) + "-more", state: nil) != nil)
  }
}
