import ArgumentParser
import Assembly
import Cases
import EventLog
import Routing

struct DirectoryApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Puts a directory in force, for all workers and gateways at once.",
    discussion: """
      Checks the files as `check` does; with an error nothing is written. Shows what changes, and writes only that, in one \
      transaction. Those who run go by it within a second; what was decided before stays as it was. From then on the log's \
      directory counts, and HUIYIN_DIRECTORY no longer.
      """)

  @OptionGroup var log: LogOption
  @Argument(help: "Files of YAML that make up one directory.") var files: [String]
  @Option(help: "The place's own rules, as for `check`.") var profile: String?
  @Flag(help: "Only shows what would change.") var dryRun = false
  @OptionGroup var today: DayOption

  func run() throws {
    let settings = try log.settings()
    let directory = try checked()
    let home = try LogHome.open(settings, now: Program.wallClock, logger: log.logger)
    let publisher = try home.openPublisher(as: "\(settings.instance)-directory")
    defer { publisher.close() }
    // After the publisher was opened: whoever writes in between under the same instance loses the right to.
    let change = try DirectoryTopic.change(to: directory, in: home, at: Program.wallClock())
    for key in change.added { print("added: \(key)") }
    for key in change.changed { print("changed: \(key)") }
    for key in change.removed { print("removed: \(key)") }
    let before = change.before ?? "none"
    guard !change.outputs.isEmpty else { return print("version \(before) is in force already; nothing was written") }
    let counts =
      "\(change.added.count) added, \(change.changed.count) changed, \(change.removed.count) removed"
    if dryRun {
      return print("\(counts); version \(directory.version) would follow \(before); nothing was written")
    }
    _ = try publisher.publish(change.outputs)
    print("\(counts); version \(directory.version) is in force, before it \(before)")
  }

  private func checked() throws -> Directory {
    let report: DirectoryFile.Report
    do throws(InvalidDirectory) {
      report = DirectoryFile.check(try DirectoryFile.texts(of: files), profile: profile, today: today.day)
    } catch {
      throw fail(error.description)
    }
    for warning in report.warnings { print("warning: \(warning)") }
    guard let directory = report.directory else {
      throw fail(report.errors.map { "error: \($0)" }.joined(separator: "\n") + "\nnothing was written")
    }
    return directory
  }
}
