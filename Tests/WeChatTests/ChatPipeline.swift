import Cases
import Conversations
import EventLog
import HTTPTypes
import HTTPValues
import Logging
import Outbox
import SQLiteLog
import Streams
import Testing
import Time
import TwoStages
import WeChat

/// From the callback to `opinions`: two gateways, each with a spool of its own, one log, and the worker that joins what
/// they took in.
final class ChatPipeline {
  private struct Gateway {
    let controller: WeChatController
    let outbox: SpoolingOutbox
  }

  private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  let clock: DrivenClock
  let log: SQLiteLog
  private var gateways: [Gateway] = []
  private var worker: Worker<ConverseProcessor>

  init(at start: Instant) throws {
    let clock = DrivenClock(start)
    let log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: Self.quiet, now: { clock.now }))
    let plain = [Topics.chats, Topics.opinions, Topics.deadLetters].map {
      TopicSpecification(name: $0, partitions: 4, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20)
    }
    let changelog = TopicSpecification(
      name: ConverseProcessor().changelog, partitions: 4, cleanup: .compact(tombstones: .seconds(7 * 86_400)),
      maximumRecordSize: 2 << 20)
    _ = try log.create(plain + [changelog])
    self.clock = clock
    self.log = log
    gateways = try Self.gateways(on: log, clock)
    worker = Self.worker(on: log, clock)
  }

  /// Other gateways and another worker take the places of those that were there.
  func restart() async throws {
    for gateway in gateways { await gateway.outbox.close(within: .seconds(3600)) }
    worker.finish()
    gateways = try Self.gateways(on: log, clock)
    worker = Self.worker(on: log, clock)
  }

  /// Delivers them all at once, each to the first gateway or to the second, and returns when the log has them.
  func deliver(_ requests: some Sequence<(request: Request, gateway: Int)>) async {
    await withTaskGroup { group in
      for (request, number) in requests {
        let controller = gateways[number].controller
        group.addTask { await controller.respond(to: request)?.head.status }
      }
      for await status in group { #expect(status == .ok) }
    }
    for gateway in gateways {
      while gateway.outbox.waiting > 0, !Task.isCancelled { await Task.yield() }
    }
  }

  /// Lets the worker do all that there is to do now.
  func work() throws {
    for _ in 0..<10_000 where try !worker.step(wait: .zero) { return }
    Issue.record("the worker comes to no end")
  }

  private static func worker(on log: SQLiteLog, _ clock: DrivenClock) -> Worker<ConverseProcessor> {
    Worker(
      ConverseProcessor(), log: log, settings: WorkerSettings(member: "one"), now: { clock.now }, logger: quiet)
  }

  private static func gateways(on log: SQLiteLog, _ clock: DrivenClock) throws -> [Gateway] {
    try ["gateway-1", "gateway-2"].map { name in
      let outbox = try SpoolingOutbox(
        SpoolingOutbox.Settings(path: ":memory:", name: name), log: log, clock: { clock.now },
        wait: Callback.untilCancelled, pause: { _ in }, logger: quiet)
      let account = try WeChatAccount(
        name: "qingxi", appID: Callback.appID, token: Callback.token, aesKey: nil, mode: .plain)
      let attendant = Attendant(outbox: outbox, cases: GivenCases(), scanner: GivenScanner()) { $0.holder ?? "谁" }
      let controller = WeChatController(
        accounts: WeChatAccounts([account], maximumAge: nil), attendant: attendant, clock: { clock.now },
        wait: Callback.untilCancelled, random: { Array(repeating: 0, count: $0) }, logger: quiet)
      return Gateway(controller: controller, outbox: outbox)
    }
  }
}
