import ArgumentParser
import Assembly
import EventLog
import Foundation
import Streams

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a topic's records as CloudEvents (JSON lines), partition by partition, up to its present end.")

  @OptionGroup var log: LogOption
  @Option(help: "The topic, without the prefix.") var topic: String

  func run() throws {
    let settings = try log.settings()
    let home = try LogHome.open(settings, now: Program.wallClock, logger: log.logger)
    var unreadable = 0
    try TopicReading(home, topic: topic).forEach { record in
      do throws(Rejection) {
        printLine(try CloudEvent(record.record).jsonLine)
      } catch {
        unreadable += 1
        let line = "\(record.partition)/\(record.offset): not a CloudEvent: \(error.reason)\n"
        FileHandle.standardError.write(Data(line.utf8))
      }
    }
    if unreadable > 0 { throw ExitCode(1) }
  }
}
