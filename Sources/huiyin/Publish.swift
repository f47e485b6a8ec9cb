import ArgumentParser
import Assembly
import Cases
import EventLog
import Streams

struct Publish: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts a file of CloudEvents (JSON lines) on their topics.",
    discussion: """
      Every line is checked first; if one is bad, nothing is published. An opinion or command that was published before \
      changes nothing, so the same file can be published again after an interruption.
      """)

  @OptionGroup var log: LogOption
  @Option(help: "The file to publish.") var input: String
  @Flag(help: "The events are carried over from the past: their own times are the true ones.") var historic = false

  private static let chunk = 5000

  func run() throws {
    let settings = try log.settings()
    let lines = try readLines(input, timed: historic)
    let home = try LogHome.open(settings, now: Program.wallClock, logger: log.logger)
    let publisher = try home.openPublisher(as: "\(settings.instance)-publish")
    defer { publisher.close() }
    var bar = ProgressBar("publish", total: lines.count)
    for start in stride(from: 0, to: lines.count, by: Self.chunk) {
      let part = lines[start..<min(lines.count, start + Self.chunk)]
      _ = try publisher.publish(part.map { $0.output(historic: historic) })
      bar.show(start + part.count)
    }
    bar.finish()
    print("published \(lines.count) events to \(home.address)")
  }
}

/// All lines of the file, or the end of the command with every fault.
func readLines(_ path: String, timed: Bool) throws -> [EventFile.Line] {
  do {
    return try EventFile.read(path, timed: timed)
  } catch let faults as EventFile.Faults {
    throw fail("nothing was done: \(faults.count) bad lines\n\(faults)")
  }
}

extension EventFile.Line {
  /// As a record of its topic.
  func output(historic: Bool) -> Output {
    var event = event
    if historic { event.extensions["historic"] = "true" }
    return Output(to: topic, event.record(key: caseID.key))
  }
}
