import EventLog
import Foundation
import Logging
import MetricsTestKit
import Outbox
import Time
import TwoStages

/// An outbox, the log behind it, and a clock that the outbox's pauses move.
struct Post {
  let clock: DrivenClock
  let log: TroubledLog
  let outbox: SpoolingOutbox
  let metrics = TestMetrics()

  /// - Parameters:
  ///   - path: of the spool; in memory where there is none.
  ///   - wait: how the outbox waits for the end of the patience; by itself it never comes.
  init(
    _ path: String = ":memory:", log: TroubledLog? = nil, clock: DrivenClock = DrivenClock(),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    change: (inout SpoolingOutbox.Settings) -> Void = { _ in },
    wait: @escaping @Sendable (Duration) async -> Void = { _ in try? await Task.sleep(for: .seconds(100_000)) }
  ) throws {
    self.clock = clock
    self.log = try log ?? TroubledLog(clock: { clock.now })
    var settings = SpoolingOutbox.Settings(path: path, name: "gateway-1", limits: ["chats": 100])
    change(&settings)
    outbox = try SpoolingOutbox(
      settings, log: self.log, clock: { clock.now }, wait: wait, pause: { clock.advance(by: $0) }, logger: logger,
      metrics: metrics)
  }

  static func output(_ text: String, to topic: String = "opinions", key: String = "k") -> Output {
    Output(to: topic, Record(key: Array(key.utf8), value: Array(text.utf8), headers: [Header("ce_id", text)]))
  }

  func put(_ text: String, key: String = "k") async -> OutboxResult {
    await outbox.put([Self.output(text, key: key)])
  }

  /// Everything that can be is in the log afterwards, and the outbox is closed.
  func finish() async {
    await outbox.close(within: .seconds(3600))
  }

  func gauge(_ name: String) throws -> Double { try metrics.expectGauge("huiyin_outbox_" + name).lastValue ?? -1 }
  func counter(_ name: String) throws -> Int64 { try metrics.expectCounter("huiyin_outbox_" + name).totalValue }
}

/// A folder that goes when this does.
final class TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("huiyin-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
