import ArgumentParser
import Assembly
import Cases
import EventLog
import Foundation
import Streams
import Training

struct CorrectionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corrections",
    abstract: "Prints what people said opinions are about, where they corrected it, as lines that train learns from.")

  @OptionGroup var log: LogOption

  func run() throws {
    let settings = try log.settings()
    let home = try LogHome.open(settings, now: Program.wallClock, logger: log.logger)
    var corrections = Corrections()
    try TopicReading(home, topic: Topics.cases).forEach { record in
      // What isn't an event of a case is verify's to tell.
      guard let event = try? CloudEvent(record.record), let id = event.subject.flatMap({ CaseID($0) }),
        let happened = try? CaseEvent(type: event.type, data: event.data)
      else { return }
      corrections.take(happened, of: id)
    }
    for opinion in corrections.opinions { printLine(JSONData.encode(opinion)) }
  }
}
