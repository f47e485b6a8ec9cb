import ArgumentParser
import Assembly
import Foundation
import Logging
import Time

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Drives the whole pipeline by the records' own times, in memory, and reports what became of each case.")

  @Option(help: "The file of CloudEvents (JSON lines) to replay.") var input: String
  @Option(help: "The file to write: a line of JSON for each case, sorted by case.") var report: String
  @Option(help: "Go on to this time (RFC 3339) after the last record.") var until: String?
  @Option(help: "Keep the log that it ran on in this new SQLite file.") var keepLog: String?

  func run() throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment, log: "sqlite::memory:")
    Program.bootstrapLogging(max(settings.logLevel, .warning))
    var end: Instant?
    if let until {
      guard let time = GivenTime(until) else { throw fail("--until \(until): not a time of RFC 3339") }
      end = time.instant
    }
    if let keepLog, FileManager.default.fileExists(atPath: keepLog) {
      throw fail("--keep-log \(keepLog): the file is there already")
    }
    let lines = try readLines(input, timed: true)
    let replay = Replay(rules: try Rulebook(settings), settings: settings, logger: Logger(label: "huiyin"))
    var bar = ProgressBar("replay", total: lines.count)
    let ledger = try replay.run(lines, until: end, keepingLog: keepLog) { bar.show($0) }
    bar.finish()

    let report = ledger.report
    do {
      try Data(report.flatMap(\.line)).write(to: URL(filePath: self.report), options: .atomic)
    } catch {
      throw fail("--report \(self.report): can't be written: \(error.localizedDescription)")
    }
    let replied = report.count { $0.replied != nil }
    let overdue = report.count { $0.overdue }
    print("replayed \(lines.count) events: \(report.count) cases, \(replied) replied to, \(overdue) overdue")
  }
}
