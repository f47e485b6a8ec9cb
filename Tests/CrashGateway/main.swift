import Cases
import EventLog
import Foundation
import HTTPServing
import Intake
import Logging
import Outbox
import SQLiteLog
import ServiceLifecycle
import SuddenDeath
import Time
import UnixSignals

/// A gateway as a process of its own that can be killed at the worst moment: `crash-gateway FOLDER [MOMENT]`.
///
/// It prints its port. With a moment, such as `spool:written:7` or `log:committed:3`, it kills itself at the seventh
/// transaction on its spool, or the third on the log, when that has come so far.

let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
let arguments = CommandLine.arguments
let folder = arguments.count > 1 ? arguments[1] : "."
let death = Death(arguments.count > 2 ? arguments[2] : "")

/// Keeps the outbox until the server has ended, and lets it flush then.
struct Flush: Service {
  let outbox: SpoolingOutbox

  func run() async throws {
    try? await gracefulShutdown()
    await outbox.close(within: .seconds(30))
  }
}

var logger = Logger(label: "crash-gateway") { StreamLogHandler.standardError(label: $0) }
logger.logLevel = .warning
var logSettings = SQLiteLog.Settings(path: folder + "/log.sqlite", logger: logger, now: now)
logSettings.atCommitStage = { death.reached("log:" + $0.rawValue) }
let log = try SQLiteLog(logSettings)
var settings = SpoolingOutbox.Settings(path: folder + "/outbox.sqlite", name: "gateway")
settings.atCommitStage = { death.reached("spool:" + $0.rawValue) }
let outbox = try SpoolingOutbox(
  settings, log: log, clock: now, wait: { try? await Task.sleep(for: $0) },
  pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: logger)
guard let secret = CaseKey.Secret(Array("a secret of the tests".utf8)) else { exit(1) }
let inbox = OpinionInbox(outbox: outbox, clock: now, makeID: { UUID().uuidString })
let server = try HTTPServer(
  address: "127.0.0.1:0", controllers: [IntakeController(inbox: inbox, secret: secret)], logger: logger,
  onListening: { port in FileHandle.standardOutput.write(Data("\(port)\n".utf8)) })
let services: [any Service] = [Flush(outbox: outbox), server]
let configuration = ServiceGroupConfiguration(
  services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
  gracefulShutdownSignals: [.sigterm], logger: logger)
try await ServiceGroup(configuration: configuration).run()
