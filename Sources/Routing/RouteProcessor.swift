package import Cases
package import EventLog
package import Streams
package import Time

/// Who owns it, and why? Finds an owner for every classified opinion, and asks for its case to be opened; finds the next
/// one for every case that is returned, transferred or escalated. Keeps nothing: what it must know of a case, such as who
/// has been asked, travels in the events.
package struct RouteProcessor: Processor {
  package typealias State = Never

  package struct Input: Hashable, Sendable {
    package enum Matter: Hashable, Sendable {
      case new(ClassifiedOpinion)
      /// An event of its case.
      case event(CaseEvent)
      /// An event that leaves its owner as it is.
      case settled
    }

    /// The `ce_id` of the record at hand.
    package var cause: String
    package var id: CaseID
    package var time: GivenTime
    package var matter: Matter
  }

  package let name = "route"
  package let inputs = [Topics.classifications, Topics.cases]
  private let directory: Directory
  private let returns: Int

  /// - Parameter returns: how often a matter may be returned before the county's station decides.
  package init(directory: Directory, returns: Int = ReplyPolicy.standard.returns) {
    self.directory = directory
    self.returns = returns
  }

  package var broadcasts: [String] { [Topics.directory] }

  package func hearing(_ broadcast: Broadcast) throws(Rejection) -> RouteProcessor {
    do throws(InvalidDirectory) {
      return RouteProcessor(directory: try Directory(records: broadcast.entries.values), returns: returns)
    } catch {
      throw Rejection(error.description)
    }
  }

  private static let concerned = Set(
    ([.returned, .transferred, .escalated] as [CaseEvent.Name]).map { "cn.huiyin.case.\($0.rawValue).v1" })

  package func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    let event = try CloudEvent(record.record)
    let time = event.time ?? GivenTime(record.timestamp)
    do {
      if record.partition.topic == Topics.cases {
        let (_, key) = try CloudEvent.keyed(record)
        guard let id = CaseID(key) else { throw Rejection("the record's key is not a case id") }
        let isConcerned = Self.concerned.contains(event.type)
        let matter = isConcerned ? Input.Matter.event(try CaseEvent(type: event.type, data: event.data)) : .settled
        return Input(cause: event.id, id: id, time: time, matter: matter)
      }
      guard event.type == EventTypes.opinionClassified else {
        throw Rejection("unknown type \(event.type.prefix(100)) on \(record.partition.topic)")
      }
      guard let id = event.subject.flatMap({ CaseID($0) }) else { throw Rejection("ce_subject is not a case id") }
      let opinion = try JSONData.decode(ClassifiedOpinion.self, from: event.data)
      return Input(cause: event.id, id: id, time: opinion.submission.received, matter: .new(opinion))
    } catch let error as Malformed {
      throw Rejection(error.reason)
    } catch let error as Rejection {
      throw error
    } catch {
      throw Rejection("it can't be read")
    }
  }

  package func process(_ input: Input, state: inout Never?, at time: Instant) -> [Effect] {
    let day = TimeOffset.shanghai.date(of: input.time.instant)
    guard let command = command(for: input, on: day) else { return [] }
    let event = CloudEvent(
      id: input.cause + ".0", source: Sources.route, type: command.type, subject: input.id.text, time: input.time,
      data: command.data)
    return [.emit(to: Topics.commands, event.record(key: input.id.key))]
  }

  private func command(for input: Input, on day: CalendarDate) -> CaseCommand? {
    switch input.matter {
    case .new(let opinion): .open(open(opinion, on: day))
    case .event(.returned(let returned)):
      assign(directory.reassign(returned, limit: returns, on: day), .returned, input)
    case .event(.transferred(let transferred)):
      assign(directory.reassign(transferred, on: day), .transferred, input)
    case .event(.escalated(let escalated)): assign(directory.reassign(escalated, on: day), .escalated, input)
    case .event, .settled: nil
    }
  }

  private func assign(_ assignment: Assignment, _ cause: CaseCommand.Assign.Cause, _ input: Input) -> CaseCommand {
    .assign(
      CaseCommand.Assign(
        assignment: assignment, because: cause, event: input.cause, by: "系统",
        actor: Actor(role: .system, id: "route")))
  }

  private func open(_ opinion: ClassifiedOpinion, on day: CalendarDate) -> CaseCommand.Open {
    let (submission, classification) = (opinion.submission, opinion.classification)
    return CaseCommand.Open(
      submission: submission, classification: classification,
      assignment: directory.assign(
        code: submission.statement.code, scan: submission.statement.scan, address: submission.statement.address,
        region: classification.reading?.region, category: classification.category, doubt: classification.doubt,
        on: day))
  }
}
