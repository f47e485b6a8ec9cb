import APIKeys
import Attachments
import Board
import Cases
import Classification
import Contract
import Conversations
package import EventLog
import Feedback
import Foundation
import HTTPServing
import HTTPValues
import Intake
import JSONLogs
package import Logging
import Metrics
import Monitoring
import Open311
import PrometheusMetrics
import Reading
import Routing
import ServiceLifecycle
import Similarity
import Streams
package import Time
import UnixSignals
import WebPages
import YAMLForms
import Tracking

/// One process of the pipeline: reads the settings, builds what its roles ask for, and runs it until SIGTERM or SIGINT.
package struct Program {
  private let name: String
  private let roles: [Role]
  /// Alone in its data folder.
  private let ownsFolder: Bool

  package init(_ name: String, roles: [Role], ownsFolder: Bool = false) {
    self.name = name
    self.roles = roles
    self.ownsFolder = ownsFolder
  }

  /// The wall's clock: the only one there is, read here and handed down.
  package static let wallClock: @Sendable () -> Instant = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// Logs to the standard error stream, from now on and once for the process.
  package static func bootstrapLogging(_ level: Logger.Level, as format: LogFormat = .text) {
    LoggingSystem.bootstrap { label in
      var handler: any LogHandler =
        switch format {
        case .text: StreamLogHandler.standardError(label: label)
        case .json: JSONLogHandler(label: label, now: wallClock, write: { StandardError.write($0) })
        }
      handler.logLevel = level
      return handler
    }
  }

  /// The whole life of an executable: reads the environment, runs, and ends the process with a status that tells.
  package func main() async -> Never {
    do {
      let settings = try Settings(environment: ProcessInfo.processInfo.environment)
      Self.bootstrapLogging(settings.logLevel, as: settings.logFormat)
      try await run(settings)
      exit(0)
    } catch {
      FileHandle.standardError.write(Data("\(name): \(error)\n".utf8))
      exit(1)
    }
  }

  /// What runs beside the roles in one process, and sees what they share.
  package struct Surroundings: Sendable {
    package let log: any EventLog
    package let folder: DataFolder
    package let rules: Rulebook
    /// Gives the port once connections are accepted.
    package let port: AsyncStream<Int>
  }

  /// - Parameter companion: runs beside the roles; when it ends, so does the process.
  package func run(
    _ settings: Settings, with companion: (@Sendable (Surroundings) async throws -> Void)? = nil
  ) async throws {
    let prometheus = PrometheusFactory()
    MetricHelp.register(with: prometheus)
    MetricsSystem.bootstrap(prometheus)
    let logger = Logger(label: name)
    let folder = try DataFolder(settings.data, name: "\(name)-\(settings.instance)", owner: ownsFolder)
    let rules = try Rulebook(settings)
    let log = try LogHome.open(settings, now: Self.wallClock, logger: logger)
    var parts = Parts()
    let monitored = roles.contains(.monitor) ? try ReadModel(path: "\(folder.path)/monitor.sqlite") : nil
    for role in roles {
      try add(
        role, to: &parts, settings: settings, rules: rules, folder: folder, log: log, model: monitored, logger)
    }
    if roles.contains(.intake) || roles.contains(.monitor) {
      // The last word on the protocol's paths.
      parts.controllers.append(
        ServicesController(
          catalogue: try rules.services(),
          showsRequests: roles.contains(.monitor), takesRequests: roles.contains(.intake)))
      let served = [Role.intake: ContractDocument.Part.intake, .monitor: .monitor].filter { roles.contains($0.key) }
      parts.controllers.append(
        ContractController(document: try ContractHome.document(serving: Set(served.values))))
    }

    let (port, listening) = AsyncStream.makeStream(of: Int.self)
    CalendarWatch(rules.calendar).warn(at: Self.wallClock(), logger)
    let health = parts.health(clock: Self.wallClock, calendar: CalendarWatch(rules.calendar), metrics: prometheus)
    let server = try HTTPServer(
      address: settings.http, controllers: [health] + parts.controllers, proxies: settings.trustedProxies,
      logger: logger, onListening: { listening.yield($0) })
    logger.info("starts", metadata: ["log": "\(log.address)", "instance": "\(settings.instance)"])
    // Stopped in the reverse order: what the server has taken is in the outbox by then.
    var services: [any Service] = parts.outboxes.map { OutboxService(outbox: $0, bound: .seconds(5)) }
    services += parts.carriers.map { $0 as any Service } + [server]
    if !parts.loops.isEmpty { services.append(WorkerThreads(parts.loops)) }
    if let companion {
      let surroundings = Surroundings(log: log, folder: folder, rules: rules, port: port)
      services.append(Companion { try await companion(surroundings) })
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { service in
          .init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)
        },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
    withExtendedLifetime(folder) {}
    logger.info("stopped")
  }

  private struct Companion: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
      try await cancelWhenGracefulShutdown { try await body() }
    }
  }

  private func add(
    _ role: Role, to parts: inout Parts, settings: Settings, rules: Rulebook, folder: DataFolder, log: any EventLog,
    model: ReadModel?, _ logger: Logger
  ) throws {
    func work(_ processor: some Processor) {
      for thread in 0..<settings.threads {
        var worker = WorkerSettings(member: "\(settings.instance)-\(processor.name)-\(thread)")
        worker.sessionTimeout = settings.sessionTimeout
        worker.timerWait = settings.timerWait
        worker.snapshots = "\(folder.path)/snapshots"
        parts.add(processor, worker, log: log, logger: logger)
      }
    }
    switch role {
    case .classify:
      work(ConverseProcessor(pace: settings.chatPace))
      work(ClassifyProcessor(classifier: try rules.classifier(), reader: rules.reader))
    case .route:
      work(RouteProcessor(directory: rules.directory))
      work(SketchProcessor(directory: rules.directory))
      work(SimilarProcessor())
    case .track:
      work(TrackProcessor(calendar: rules.calendar, policy: rules.policy, orphanWait: settings.orphanWait))
      work(RelayProcessor())
      work(QuotaProcessor())
    case .feedback:
      let link = try PageLink(settings, folder)
      work(FeedbackProcessor(rules: rules.feedback, link: link?.address))
    case .intake:
      let gateway = try GatewayParts(
        settings, rules, folder, log: log, sharing: model, logger: logger)
      parts.add(gateway)
      parts.controllers += try gateway.controllers()
    case .monitor:
      guard let model else { return }
      let monitor = try MonitorParts(
        settings, rules, folder, log: log, model: model, sharing: parts.gateway, workers: parts.workers, logger: logger)
      parts.add(monitor)
      parts.controllers += try monitor.controllers()
    }
  }
}
