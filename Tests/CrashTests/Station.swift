import SeededRandom
import EventLog
import Foundation
import GivenBroker
import KafkaLog
import Logging
import SQLiteLog
import Streams
import Testing
import Time
import TwoStages

/// A log in a folder of its own, the load that goes into it, and the worker processes that are at it.
final class Station {
  struct GaveUp: Error, CustomStringConvertible {
    let description: String
  }

  private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  let home: Home
  private let folder: String
  private let log: any EventLog
  /// By which the workers find the log.
  private let address: String
  /// Kept for as long as its topics are needed.
  private let prefix: OwnPrefix?
  private var publisher: (any LogPublisher)?
  private let count: RunningCount
  /// Signalled when a process ends.
  private let events = DispatchSemaphore(value: 0)
  private let begin = ContinuousClock.now
  private var started: [WorkerProcess] = []
  private(set) var load: Load

  init(on home: Home, keys: Int, _ generator: SeededGenerator) throws {
    self.home = home
    var template = Array((NSTemporaryDirectory() + "/huiyin-crash-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    switch home {
    case .sqlite:
      prefix = nil
      address = "sqlite:\(folder)/log.sqlite"
      log = try SQLiteLog(SQLiteLog.Settings(path: folder + "/log.sqlite", logger: Self.quiet, now: Self.now))
    case .kafka(let brokers):
      let own = OwnPrefix(on: brokers, logger: Self.quiet)
      prefix = own
      address = "kafka:\(brokers)/\(own.settings.prefix)"
      log = try KafkaLog(own.settings)
    }
    _ = try log.create(TwoStages.topics())
    count = RunningCount(of: TwoStages.topics().filter { !TwoStages.changelogs.contains($0.name) }, in: log)
    load = Load(keys: keys, generator)
  }

  deinit {
    for process in started { process.send(SIGKILL) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  static let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

  var contents: LogContents { LogContents(of: log) }
  var elapsed: Duration { ContinuousClock.now - begin }

  /// - Parameter orders: besides those that every worker gets.
  func start(
    _ stage: String, as member: String, session: Duration? = nil, _ orders: [String: String] = [:]
  ) throws -> WorkerProcess {
    let common = [
      "stage": stage, "member": member, "log": address, "snapshots": "\(folder)/snapshots",
      "session": "\(max(session ?? .seconds(1), home.session).milliseconds)",
    ]
    let events = events
    let process = try WorkerProcess(
      common.merging(orders) { $1 }, folder: folder, name: "\(started.count)-\(member)", whenEnded: { events.signal() })
    started.append(process)
    return process
  }

  /// How many committed records there are in a topic.
  func counted(_ topic: String) throws -> Int { try count.now(topic) }

  /// Publishes the next deed of each key, or the next few, in one transaction.
  func publishRound(isLast: Bool = false, times: Int = 1) throws {
    let round = (0..<times).flatMap { _ in load.round(at: Self.now(), isLast: isLast) }
    let deadline = ContinuousClock.now + .seconds(90)
    var isKnown = true
    while true {
      do throws(LogError) {
        if publisher == nil { publisher = try log.openPublisher(as: "station") }
        // That it could be opened has ended what the last one left open, one way or the other.
        if !isKnown, try contents.records(of: TwoStages.deeds).count == load.deeds { return }
        isKnown = true
        _ = try publisher?.publish(round)
        return
      } catch {
        // A killed process's locks go with it, and a broker comes back: the next attempt may succeed.
        guard error.recovery != .stop, ContinuousClock.now < deadline else { throw error }
        if error.recovery == .restart { publisher = nil }
        if error.code == .unknownOutcome { isKnown = false }
      }
    }
  }

  /// Keeps the workers busy, but not buried: publishes a round if the first stage has little left to do.
  func feed() throws {
    if try counted(TwoStages.tallies) + load.count * 2 > load.deeds { try publishRound() }
  }

  /// Calls `isDone` whenever a process has ended, and every few milliseconds, until it says so.
  ///
  /// - Throws: also as soon as there is a dead letter: a stage got its records out of order, or it forgot something.
  func wait(for what: String, until isDone: () throws -> Bool) throws {
    while try !isDone() {
      if try counted("dead-letters") > 0, let letter = try DeadLetter.all(in: log).first {
        throw GaveUp(description: "a dead letter while waiting for \(what): \(letter.id): \(letter.reason)")
      }
      if elapsed > home.patience {
        let words = started.filter { $0.end == nil }.map(\.lastWords).joined(separator: "\n")
        throw GaveUp(description: "gave up waiting for \(what) after \(elapsed); the workers' last words:\n\(words)")
      }
      _ = events.wait(timeout: .now() + .milliseconds(5))
    }
  }

  /// Publishes the last round, waits until all that was published is through, and stops the workers.
  func finish(_ workers: [WorkerProcess], publishing: Bool = true) throws {
    if publishing { try publishRound(isLast: true) }
    let wanted = load.pages
    try wait(for: "\(wanted) pages") {
      for worker in workers { try check(worker) }
      return try counted(TwoStages.pages) >= wanted
    }
    try stop(workers)
  }

  /// Asks them to end, and sees that they do so well.
  func stop(_ workers: [WorkerProcess]) throws {
    for worker in workers { worker.send(SIGTERM) }
    try wait(for: "the workers to stop") { workers.allSatisfy { $0.end != nil } }
    for worker in workers where worker.end != .exit(0) {
      throw GaveUp(description: "a worker ended with \(String(describing: worker.end)):\n\(worker.lastWords)")
    }
  }

  /// - Throws: if it ended though nobody meant it to.
  func check(_ worker: WorkerProcess) throws {
    if let end = worker.end { throw GaveUp(description: "a worker ended by itself, \(end):\n\(worker.lastWords)") }
  }
}
