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
    guard let specification = try home.topics().first(where: { $0.name == topic }) else {
      throw fail("there is no topic \(topic) on \(home.address)")
    }
    let reader = try home.openReader()
    defer { reader.close() }
    var unreadable = 0
    for partition in 0..<specification.partitions {
      let place = TopicPartition(topic, partition)
      let bounds = try reader.bounds(of: place)
      var position = bounds.lowerBound
      while position < bounds.upperBound {
        let chunk = try reader.read(
          from: [place: position], for: .seconds(1), limit: BatchLimit(records: 1000, bytes: 8 << 20))
        for record in chunk.records where record.offset < bounds.upperBound && !record.record.isControl {
          do throws(Rejection) {
            printLine(try CloudEvent(record.record).jsonLine)
          } catch {
            unreadable += 1
            let line = "\(place)/\(record.offset): not a CloudEvent: \(error.reason)\n"
            FileHandle.standardError.write(Data(line.utf8))
          }
        }
        position = chunk.positions[place] ?? position
      }
    }
    if unreadable > 0 { throw ExitCode(1) }
  }
}
