package import Cases
package import EventLog
package import Streams
package import Time

/// Who owns it, and why? Finds an owner for every classified opinion and asks for its case to be opened; finds the next one
/// where a case is returned, transferred or escalated.
///
/// Keeps nothing: what must be known, such as who has been asked already, stands in the event.
package struct RouteProcessor: Processor {
  package typealias State = Never

  /// `nil`: an event of a case that asks for no owner, as nearly all of them.
  package typealias Input = Question?

  /// Whose is it?
  package struct Question: Hashable, Sendable {
    package enum Matter: Hashable, Sendable {
      case classified(ClassifiedOpinion)
      case returned(CaseEvent.Returned)
      case transferred(CaseEvent.Transferred)
      case escalated(CaseEvent.Escalated)
    }

    /// The `ce_id` of the record at hand.
    package var cause: String
    /// Its `ce_time`.
    package var time: GivenTime?
    package var id: CaseID
    package var matter: Matter
  }

  package let name = "route"
  package let inputs = [Topics.classifications, Topics.cases]
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

  package func decode(_ record: StoredRecord) throws(Rejection) -> Question? {
    let isOfCases = record.partition.topic == Topics.cases
    if isOfCases, let type = record.record.header("ce_type"), !Self.mayAskForOwner(type) { return nil }
    let event = try CloudEvent(record.record)
    let name = CaseEvent.name(of: event.type).flatMap { CaseEvent.Name(rawValue: $0) }
    let matter: Question.Matter
    do throws(Malformed) {
      switch (isOfCases, name) {
      case (false, _) where event.type == EventTypes.opinionClassified:
        matter = .classified(try JSONData.decode(ClassifiedOpinion.self, from: event.data))
      case (true, .returned): matter = .returned(try JSONData.decode(CaseEvent.Returned.self, from: event.data))
      case (true, .transferred):
        matter = .transferred(try JSONData.decode(CaseEvent.Transferred.self, from: event.data))
      case (true, .escalated): matter = .escalated(try JSONData.decode(CaseEvent.Escalated.self, from: event.data))
      case (true, _): return nil
      case (false, _): throw Malformed("unknown type \(event.type.prefix(100)) on \(record.partition.topic)")
      }
    } catch {
      throw Rejection(error.reason)
    }
    guard let id = event.subject.flatMap({ CaseID($0) }) else { throw Rejection("ce_subject is not a case id") }
    return Question(cause: event.id, time: event.time, id: id, matter: matter)
  }

  private static let asking = ["returned", "transferred", "escalated"].map { Array("cn.huiyin.case.\($0).v1".utf8) }

  private static func mayAskForOwner(_ type: [UInt8]) -> Bool { asking.contains(type) }

  package func process(_ input: Question?, state: inout Never?, at time: Instant) -> [Effect] {
    guard let input else { return [] }
    let command: CaseCommand
    switch input.matter {
    case .classified(let opinion):
      let submission = opinion.submission
      command = .open(
        CaseCommand.Open(
          submission: submission, classification: opinion.classification,
          assignment: directory.assign(
            code: submission.statement.code, scan: submission.statement.scan, address: submission.statement.address,
            region: opinion.classification.reading?.region, category: opinion.classification.category,
            doubt: opinion.classification.doubt, on: Self.day(submission.received.instant))))
      return [emit(command, for: input, at: submission.received)]
    case .returned(let returned):
      let assignment = directory.reassign(returned, on: Self.day(input.time?.instant ?? time))
      command = assign(assignment, because: .returned, by: returned.by, for: input)
    case .transferred(let transferred):
      let assignment = directory.reassign(transferred, on: Self.day(input.time?.instant ?? time))
      command = assign(assignment, because: .transferred, by: transferred.by, for: input)
    case .escalated(let escalated):
      let assignment = directory.reassign(escalated, on: Self.day(input.time?.instant ?? time))
      command = assign(assignment, because: .escalated, by: escalated.by, for: input)
    }
    return [emit(command, for: input, at: input.time ?? GivenTime(time))]
  }

  private func assign(
    _ assignment: Assignment, because cause: CaseCommand.Assign.Cause, by: String?, for input: Question
  ) -> CaseCommand {
    .assign(
      CaseCommand.Assign(assignment: assignment, because: cause, event: input.cause, by: by))
  }

  private func emit(_ command: CaseCommand, for input: Question, at time: GivenTime) -> Effect {
    let event = CloudEvent(
      id: input.cause + ".0", source: Sources.route, type: command.type, subject: input.id.text, time: time,
      data: command.data)
    return .emit(to: Topics.commands, event.record(key: input.id.key))
  }

  private static func day(_ instant: Instant) -> CalendarDate { TimeOffset.shanghai.date(of: instant) }
}
