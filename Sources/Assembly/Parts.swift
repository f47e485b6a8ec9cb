import Codes
import EventLog
import HTTPServing
import HTTPValues
import Logging
import Metrics
import Monitoring
import Outbox
import PrometheusMetrics
import Streams
import Time
import WeChatDelivery

/// What a process is put together from.
struct Parts {
  var loops: [(name: String, run: WorkerThreads.Loop)] = []
  var controllers: [any Controller] = []
  private(set) var workers: [WorkerStatus] = []
  private var followers: [Follower] = []
  private(set) var outboxes: [SpoolingOutbox] = []
  private(set) var carriers: [WeChatCarrier] = []
  private var codes: [CodeFollower] = []
  private(set) var gateway: GatewayParts?

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

  mutating func add(_ monitor: MonitorParts) {
    followers.append(monitor.follower)
    loops.append((name: "monitor", run: { [follower = monitor.follower] stop in follower.run { stop.isSet } }))
    guard gateway == nil else { return }
    outboxes.append(monitor.outbox)
    loops.append((name: "directory", run: { [directory = monitor.directory] stop in directory.run { stop.isSet } }))
  }

  /// Before the monitor of the same process, which shares its outbox and directory.
  mutating func add(_ gateway: GatewayParts) {
    self.gateway = gateway
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
    // A gateway whose log is away goes on taking opinions in, so neither codes nor cases that it can't read yet make it
    // unready.
    let notReady = { @Sendable [workers, followers, outboxes] in
      workers.compactMap { $0.notReady(at: clock()) } + outboxes.compactMap { $0.notReady(at: clock()) }
        + followers.map(\.status).filter { !$0.isReady }.map { status in
          "monitor is reading: " + (status.trouble ?? status.remaining.map { "\($0) records to go" } ?? "it begins")
        }
    }
    return HealthController(
      live: { [workers] in workers.compactMap(\.notLive) },
      ready: notReady,
      metrics: {
        calendar.record(at: clock())
        Gauge(label: "huiyin_ready").record(notReady().isEmpty ? 1 : 0)
        return metrics.render()
      })
  }
}
