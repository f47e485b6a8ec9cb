import Cases
import Crypto
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Logging
import MetricsTestKit
import Outbox
import Streams
import Synchronization
import Testing
import Time
import WeChat

/// A callback over an outbox, cases and a clock that a test drives.
struct Callback {
  static let token = "notARealToken"
  static let aesKey = "notARealKeyNotARealKeyNotARealKeyNotARealKe"
  static let appID = "wx0000000000000000"
  /// 2026-09-24 10:00 in Shanghai.
  static let now = Instant(milliseconds: 1_790_215_200_000)
  static let openid = "oNobodysOpenid_0000000000001"

  let outbox: CollectingOutbox
  let cases: GivenCases
  let metrics = TestMetrics()
  let controller: WeChatController

  /// - Parameter wait: how long the budget lasts: until the answer is there, if not given.
  init(
    mode: WeChatAccount.Mode = .plain, outbox: CollectingOutbox = CollectingOutbox(), cases: GivenCases = GivenCases(),
    maximumAge: Duration? = nil, wait: @escaping @Sendable (Duration) async -> Void = Callback.untilCancelled
  ) throws {
    self.outbox = outbox
    self.cases = cases
    let account = try WeChatAccount(
      name: "qingxi", appID: Self.appID, token: Self.token, aesKey: Self.aesKey, mode: mode)
    let other = try WeChatAccount(name: "liuhe", appID: Self.appID, token: Self.token, aesKey: nil, mode: .plain)
    let attendant = Attendant(outbox: outbox, cases: cases, scanner: GivenScanner()) { scan in
      "\(scan.holder ?? "谁")的代表码"
    }
    let drawn = Mutex(UInt8(0))
    controller = WeChatController(
      accounts: WeChatAccounts([account, other], maximumAge: maximumAge), attendant: attendant, clock: { Self.now },
      wait: wait,
      random: { count in
        drawn.withLock { next in
          next &+= 1
          return Array(repeating: next, count: count)
        }
      }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics)
  }

  static let untilCancelled: @Sendable (Duration) async -> Void = { _ in try? await Task.sleep(for: .seconds(3600)) }

  /// Delivers a message in clear.
  func deliver(_ message: Message, to account: String = "qingxi") async throws -> Response {
    try await post(message.xml, query: Self.signed(), to: account)
  }

  /// What the person reads; nil where the answer is `success`.
  func said(to message: Message) async throws -> String? {
    let response = try await deliver(message)
    #expect(response.head.status == .ok)
    if response.body == Array("success".utf8) { return nil }
    let reply = try ReceivedXML(response.body)
    #expect(reply["ToUserName"] == message.fields["FromUserName"])
    #expect(reply["FromUserName"] == message.fields["ToUserName"])
    #expect(reply["CreateTime"] == "1790215200")
    #expect(reply["MsgType"] == "text")
    return reply["Content"]
  }

  func post(_ body: String, query: [String: String], to account: String = "qingxi") async throws -> Response {
    try await post(bytes: Array(body.utf8), query: query, to: account)
  }

  func post(bytes: [UInt8], query: [String: String], to account: String = "qingxi") async throws -> Response {
    try #require(await send(.post, "/wechat/\(account)", query: query, body: bytes))
  }

  func get(_ query: [String: String], from account: String = "qingxi") async throws -> Response {
    try #require(await send(.get, "/wechat/\(account)", query: query))
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, query: [String: String] = [:], body: [UInt8] = []
  ) async throws -> Response? {
    var components = URLComponents()
    components.queryItems = query.map { URLQueryItem(name: $0.key, value: $0.value) }
    let encoded = (components.percentEncodedQuery ?? "").replacingOccurrences(of: "+", with: "%2B")
    let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path + "?" + encoded)
    return await controller.respond(to: try Request(head: head, body: body))
  }

  /// - Parameter encrypted: what stands in the body's `Encrypt`.
  static func signed(
    timestamp: String = "1790215200", nonce: String = "1234", token: String = Callback.token, encrypted: String? = nil
  ) -> [String: String] {
    var query = ["timestamp": timestamp, "nonce": nonce]
    query["signature"] = CallbackSignature.of([token, timestamp, nonce])
    if let encrypted {
      query["encrypt_type"] = "aes"
      query["msg_signature"] = CallbackSignature.of([token, timestamp, nonce, encrypted])
    }
    return query
  }

  func count(_ outcome: String) throws -> Int64 {
    try metrics.expectCounter("huiyin_wechat_requests", [("outcome", outcome)]).totalValue
  }

  func count(kind: String) throws -> Int64 {
    try metrics.expectCounter("huiyin_wechat_messages", [("kind", kind)]).totalValue
  }

  func events() throws -> [CloudEvent] {
    try outbox.outputs.map { output throws(Rejection) in try CloudEvent(output.record) }
  }

  /// All that was said, as downstream reads it.
  func chats() throws -> [ChatMessage] {
    try outbox.outputs.filter { $0.topic == "chats" }.map {
      try JSONData.decode(ChatMessage.self, from: $0.record.value)
    }
  }
}
