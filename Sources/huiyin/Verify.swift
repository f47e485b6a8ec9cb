import ArgumentParser
import Assembly
import Cases
import Foundation
import Verification

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks over the whole log that nothing was lost and every rule was kept.",
    discussion: """
      Can be used at any time, also while workers run: what they have not taken in yet counts as in flight. Ends with \
      status 0 if all is as it must be, 1 if something is broken, and 2 if the log can't be checked.
      """)

  @OptionGroup var log: LogOption
  @Flag(help: "Print the report as one line of JSON.") var json = false

  func run() throws {
    let settings = try log.settings()
    let report: VerificationReport
    do {
      if case .sqlite(let path) = settings.log, !FileManager.default.fileExists(atPath: path) {
        throw SettingsError("there is no log at \(path)")
      }
      let rules = try Rulebook(settings)
      let home = try LogHome.open(settings, creatingTopics: false, now: Program.wallClock, logger: log.logger)
      var bar: ProgressBar?
      report = try Verifier(home, calendar: rules.calendar, policy: rules.policy).run { done, total in
        if bar == nil { bar = ProgressBar("verify", total: Int(total)) }
        bar?.show(Int(done))
      }
      bar?.finish()
    } catch {
      FileHandle.standardError.write(Data("not checked: \(error)\n".utf8))
      throw ExitCode(2)
    }
    if json { printLine(JSONData.encode(Line(report))) } else { show(report) }
    if !report.isClean { throw ExitCode(1) }
  }

  private struct Line: Encodable {
    let clean: Bool
    let counts: Counts
    let broken: [String: Int]
    let violations: [Violation]

    init(_ report: VerificationReport) {
      clean = report.isClean
      counts = report.counts
      broken = report.broken
      violations = report.violations
    }
  }

  private func show(_ report: VerificationReport) {
    for (name, count) in report.counts.lines {
      let gap = String(repeating: " ", count: max(1, 30 - name.count))
      print(name + gap + String(count))
    }
    for invariant in Invariant.allCases where report.count(of: invariant) > 0 {
      print("\nBROKEN \(invariant.rawValue): \(invariant.rule)")
      let shown = report.violations.filter { $0.invariant == invariant }
      for violation in shown { print("  \(violation.line)") }
      let more = report.count(of: invariant) - shown.count
      if more > 0 { print("  … and \(more) more") }
    }
    print(report.isClean ? "\nclean: every invariant holds" : "\nBROKEN: see above")
  }
}
