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
  @Option(help: "The file to write: a line of JSON for each case, sorted by case.") var report: String?
  @Option(help: "Go on to this time (RFC 3339) after the last record.") var until: String?
  @Option(help: "Keep the log that it ran on in this new SQLite file.") var keepLog: String?
  @Option(help: "The policy to replay under. Default: HUIYIN_POLICY, else as built in.") var policy: String?
  @Option(
    help: "Replay under this policy too, and print a line of JSON for each case that it judges otherwise, then sums."
  ) var compare: String?

  func validate() throws {
    if report == nil, compare == nil { throw ValidationError("--report is needed, unless --compare is given") }
  }

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
    var rules = try Rulebook(settings)
    if let policy { rules.policy = try rules.policy(in: policy, named: "--policy") }
    let other = try compare.map { try rules.policy(in: $0, named: "--compare") }
    let lines = try readLines(input, timed: true)
    var replay = Replay(rules: rules, settings: settings, logger: Logger(label: "huiyin"))
    let ledger = try play(replay, lines, until: end, keepingLog: keepLog)
    if let report { try write(ledger.report, to: report) }

    if let other {
      replay.rules.policy = other
      let second = try play(replay, lines, until: end)
      for line in PolicyComparison(ledger, rules.policy, second, other).lines { printLine(line) }
    } else {
      let report = ledger.report
      let replied = report.count { $0.replied != nil }
      let overdue = report.count { $0.overdue }
      print("replayed \(lines.count) events: \(report.count) cases, \(replied) replied to, \(overdue) overdue")
    }
  }

  private func play(
    _ replay: Replay, _ lines: [EventFile.Line], until end: Instant?, keepingLog: String? = nil
  ) throws -> CaseLedger {
    var bar = ProgressBar("replay", total: lines.count)
    let ledger = try replay.run(lines, until: end, keepingLog: keepingLog) { bar.show($0) }
    bar.finish()
    return ledger
  }

  private func write(_ report: [ReportLine], to path: String) throws {
    do {
      try Data(report.flatMap(\.line)).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw fail("--report \(path): can't be written: \(error.localizedDescription)")
    }
  }
}
