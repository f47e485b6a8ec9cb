import Cases
import EventLog
import Foundation
import HTTPCalling
import HTTPValues
import Logging
import Outbox
import SQLiteLog
import Streams
import SuddenDeath
import Time
import WeChat
import WeChatDelivery

/// Carries feedback over WeChat as a process of its own that can be killed at the worst moment:
/// `crash-carrier FOLDER API [MOMENT]`.
///
/// API is where WeChat's interface is played. With a moment it kills itself: `answered:3` when the third answer to a
/// message has come in, `log:written:2` and the like at the second transaction on the log, `spool:committed:2` at the second
/// on its spool. It ends well as soon as all of `feedback` is read and nothing waits any more.

let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
let wait: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: min($0, .milliseconds(20))) }
let pause: @Sendable (Duration) -> Void = { Thread.sleep(forTimeInterval: $0.inSeconds) }
let arguments = CommandLine.arguments
let folder = arguments.count > 2 ? arguments[1] : "."
let api = arguments.count > 2 ? arguments[2] : ""
let death = Death(arguments.count > 3 ? arguments[3] : "")

/// Calls as they are made, and the moment after each message's answer.
struct WatchedCalls: HTTPCaller {
  let calls: HTTPCalls
  let death: Death

  func post(
    _ body: [UInt8], type: String, to url: String, within time: Duration
  ) async throws(HTTPCallFailure) -> HTTPAnswer {
    let answer = try await calls.post(body, type: type, to: url, within: time)
    if url.contains("/cgi-bin/message/") { death.reached("answered") }
    return answer
  }
}

let logger = Logger(label: "crash-carrier") { _ in SwiftLogNoOpLogHandler() }
var logSettings = SQLiteLog.Settings(path: folder + "/log.sqlite", logger: logger, now: now)
logSettings.atCommitStage = { death.reached("log:" + $0.rawValue) }
let log = try SQLiteLog(logSettings)
let store = try DeliveryStore(path: folder + "/deliveries.sqlite")
var settings = SpoolingOutbox.Settings(path: folder + "/outbox.sqlite", name: "carrier")
settings.atCommitStage = { death.reached("spool:" + $0.rawValue) }
let outbox = try SpoolingOutbox(settings, log: log, clock: now, wait: wait, pause: pause, logger: logger)
let account = SendingAccount(
  name: "qingxi", appID: "wx0000000000000000", secret: "notARealSecretAtAll", api: api, perSecond: 1000)
let calls = HTTPCalls()
let carrier = Carrier(
  accounts: [account], store: store, http: WatchedCalls(calls: calls, death: death), outbox: outbox, link: nil,
  clock: now,
  wait: wait,
  logger: logger)
let reader = FeedbackReader(
  log: log, store: store, accounts: ["qingxi"], member: "crash-carrier", sessionTimeout: .seconds(10), clock: now,
  pause: pause, logger: logger)

let stop = StopSignal()
let reading = Thread { reader.run { stop.isSet } }
reading.start()

/// Whether all of `feedback` is in the store, and nothing in the store waits.
func isDone() async throws -> Bool {
  let watch = try log.openReader()
  defer { watch.close() }
  let committed = try watch.committedOffsets(of: FeedbackReader.group)
  let isRead = try log.topics().filter { $0.name == Topics.feedback }.allSatisfy { topic in
    try (0..<topic.partitions).allSatisfy { number in
      let partition = TopicPartition(Topics.feedback, number)
      return try watch.bounds(of: partition).upperBound == committed[partition] ?? 0
    }
  }
  let isCarried = try await store.isEmpty()
  return isRead && isCarried
}

Task {
  while (try? await isDone()) != true { try? await Task.sleep(for: .milliseconds(100)) }
  stop.set()
}
await carrier.run { stop.isSet }
while !reading.isFinished { try await Task.sleep(for: .milliseconds(5)) }
await outbox.close(within: .seconds(10))
await calls.close()
