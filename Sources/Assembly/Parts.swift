import Codes
import EventLog
import HTTPServing
import HTTPValues
import Logging
import Monitoring
import Outbox
import PrometheusMetrics
import Streams
import Time

/// What a process is put together from.
struct Parts {
  var loops: [(name: String, run: WorkerThreads.Loop)] = []
  var controllers: [any Controller] = []
  private var workers: [WorkerStatus] = []
  private var followers: [Follower] = []
  private(set) var outboxes: [SpoolingOutbox] = []
  private(set) var carriers: [WeChatCarrier] = []
  private var codes: [CodeFollower] = []

  /// The worker itself is made on its thread, to which it then belongs.
  mutating func add<P: Processor>(_ processor: P, _ settings: WorkerSettings, log: any EventLog, logger: Logger) {
    let status = WorkerStatus(worker: processor.name)
    workers.append(status)
    loops.append(
      (
        name: settings.member,
        run: { stop in
          let worker = Worker(
            processor, log: log, settings: settings, status: status, now: Program.wallClock, logger: logger)
          try worker.run(until: stop)
        }
      ))
  }

  mutating func add(_ follower: Follower) {
    followers.append(follower)
    loops.append((name: "monitor", run: { stop in follower.run { stop.isSet } }))
  }

  mutating func add(_ gateway: GatewayParts) {
    outboxes.append(gateway.outbox)
    codes.append(gateway.codes)
    loops.append((name: "codes", run: { [codes = gateway.codes] stop in codes.run { stop.isSet } }))
    loops.append((name: "directory", run: { [directory = gateway.directory] stop in directory.run { stop.isSet } }))
    if let carrier = gateway.carrier {
      carriers.append(carrier)
      loops.append((name: "wechat", run: { [reader = carrier.reader] stop in reader.run { stop.isSet } }))
    }
    if let follower = gateway.follower {
      loops.append((name: "gateway-cases", run: { stop in follower.run { stop.isSet } }))
    }
  }

  func health(
    clock: @escaping @Sendable () -> Instant, calendar: CalendarWatch, metrics: PrometheusFactory
  ) -> HealthController {
    HealthController(
      live: { [workers] in workers.compactMap(\.notLive) },
      // A gateway whose log is away goes on taking opinions in, so neither codes nor cases that it can't read yet make it
      // unready.
      ready: { [workers, followers, outboxes] in
        workers.compactMap { $0.notReady(at: clock()) } + outboxes.compactMap { $0.notReady(at: clock()) }
          + followers.map(\.status).filter { !$0.isReady }.map { status in
            "monitor is reading: " + (status.trouble ?? status.remaining.map { "\($0) records to go" } ?? "it begins")
          }
      },
      metrics: {
        calendar.record(at: clock())
        return metrics.render()
      })
  }
}
