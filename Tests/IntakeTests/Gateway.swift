import APIKeys
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Intake
import Logging
import MetricsTestKit
import Outbox
import Synchronization
import Testing
import Time

/// A controller over a log and a clock that a test drives.
struct Gateway {
  /// What a 202 says.
  struct Receipt: Decodable, Equatable {
    let `case`: String
    let key: String
    let status: String
  }

  struct Problem: Decodable {
    let title: String
    let status: Int
    let detail: String
  }

  final class Clock: Sendable {
    private let instant = Mutex(Instant(milliseconds: 1_790_215_200_000))
    var now: Instant { instant.withLock { $0 } }
    func advance(by distance: Duration) { instant.withLock { $0 = $0 + distance } }
  }

  let log: PublishingLog
  let clock: Clock
  let secret: CaseKey.Secret
  let metrics = TestMetrics()
  let controller: IntakeController
  private let outbox: SpoolingOutbox

  /// - Parameter spool: the file in which opinions wait for the log, with their keys.
  init(
    log: PublishingLog = PublishingLog(), clock: Clock = Clock(), spool: String = ":memory:", scope: String = "public",
    statusBase: String = "", clients: APIKeys? = nil, change: (inout SpoolingOutbox.Settings) -> Void = { _ in },
    scan: (@Sendable (String) -> Scan)? = nil
  ) throws {
    self.log = log
    self.clock = clock
    secret = try #require(CaseKey.Secret(Array("an operator's secret".utf8)))
    let drawn = Mutex(0)
    var settings = SpoolingOutbox.Settings(path: spool, name: "gateway-1")
    change(&settings)
    outbox = try SpoolingOutbox(
      settings, log: log, clock: { clock.now }, wait: { try? await Task.sleep(for: $0) }, pause: { _ in log.pause() },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics)
    let inbox = OpinionInbox(
      outbox: outbox, clock: { clock.now },
      makeID: {
        drawn.withLock { number in
          number += 1
          return "drawn-\(number)"
        }
      })
    controller = IntakeController(
      inbox: inbox, secret: secret, statusBase: statusBase, scope: scope,
      check: clients.map { APIKeyCheck(keys: $0, rate: nil, clock: { clock.now }) }, scan: scan, metrics: metrics)
  }

  /// All that the gateway has put on the log; nothing can be posted afterwards.
  var published: [Output] {
    get async {
      await close()
      return log.published
    }
  }

  func close() async {
    await outbox.close(within: .seconds(60))
  }

  static let opinion = #"{"text":"路灯坏了三个月","channel":"wechat"}"#

  func post(
    _ body: some StringProtocol = opinion, key: String? = nil, headers: [String: String] = [:]
  ) async throws -> Response {
    try await post(bytes: Array(body.utf8), key: key, headers: headers)
  }

  func post(bytes: [UInt8], key: String? = nil, headers: [String: String] = [:]) async throws -> Response {
    var all = ["Content-Type": "application/json"].merging(headers) { $1 }
    all["Idempotency-Key"] = key
    return try #require(await send(.post, "/opinions", headers: all, body: bytes))
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
  ) async throws -> Response? {
    var fields = HTTPFields()
    for (name, value) in headers where !value.isEmpty { fields[try #require(HTTPField.Name(name))] = value }
    let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
    return await controller.respond(to: try Request(head: head, body: body))
  }

  func count(_ outcome: String) throws -> Int64 {
    try metrics.expectCounter("huiyin_intake_opinions", [("outcome", outcome)]).totalValue
  }
}

extension Response {
  var receipt: Gateway.Receipt {
    get throws { try JSONDecoder().decode(Gateway.Receipt.self, from: Data(body)) }
  }

  var problem: Gateway.Problem {
    get throws {
      #expect(head.headerFields[.contentType] == "application/problem+json")
      return try JSONDecoder().decode(Gateway.Problem.self, from: Data(body))
    }
  }
}

/// A folder that goes with the test.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("huiyin-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
