package import Cases
package import EventLog
package import Streams
package import Time

/// Who owns it, and why? Finds an owner for every classified opinion, and asks for its case to be opened.
package struct RouteProcessor: Processor {
  package typealias State = Never

  package struct Input: Hashable, Sendable {
    /// The `ce_id` of the record at hand.
    package var cause: String
    package var id: CaseID
    package var opinion: ClassifiedOpinion
  }

  package let name = "route"
  package let inputs = [Topics.classifications]
  private let directory: Directory

  package init(directory: Directory) {
    self.directory = directory
  }

  package var broadcasts: [String] { [Topics.directory] }

  package func hearing(_ broadcast: Broadcast) throws(Rejection) -> RouteProcessor {
    do throws(InvalidDirectory) {
      return RouteProcessor(directory: try Directory(records: broadcast.entries.values))
    } catch {
      throw Rejection(error.description)
    }
  }

  package func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    let event = try CloudEvent(record.record)
    guard event.type == EventTypes.opinionClassified else {
      throw Rejection("unknown type \(event.type.prefix(100)) on \(record.partition.topic)")
    }
    guard let id = event.subject.flatMap({ CaseID($0) }) else { throw Rejection("ce_subject is not a case id") }
    do {
      return Input(cause: event.id, id: id, opinion: try JSONData.decode(ClassifiedOpinion.self, from: event.data))
    } catch {
      throw Rejection(error.reason)
    }
  }

  package func process(_ input: Input, state: inout Never?, at time: Instant) -> [Effect] {
    let submission = input.opinion.submission
    let command = CaseCommand.open(
      CaseCommand.Open(
        submission: submission, classification: input.opinion.classification,
        assignment: directory.assign(
          code: submission.statement.code, scan: submission.statement.scan, address: submission.statement.address,
          region: input.opinion.classification.reading?.region, category: input.opinion.classification.category,
          doubt: input.opinion.classification.doubt)))
    let event = CloudEvent(
      id: input.cause + ".0", source: Sources.route, type: command.type, subject: input.id.text,
      time: submission.received, data: command.data)
    return [.emit(to: Topics.commands, event.record(key: input.id.key))]
  }
}
