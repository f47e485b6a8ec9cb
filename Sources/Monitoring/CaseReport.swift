import Cases
import Time

/// `/cases/{id}` as JSON.
package struct CaseReport: Encodable {
  struct AssignedOwner: Encodable {
    let id: String
    let kind: Owner.Kind
    let name: String
    let reason: String
    let directory: String
  }

  struct Line: Encodable {
    let sequence: Int
    let type: String
    let time: GivenTime?
    let data: EventData?
  }

  let `case`: String
  let number: String?
  let stage: CaseStage
  let phase: CaseSummary.Phase
  let overdue: Bool
  let received: GivenTime
  let deadline: CaseEvent.ReplyDeadline
  let owner: AssignedOwner?
  let classification: Classification?
  let steps: [CaseProgress.Step]
  let statement: Statement
  let replies: [CaseEvent.Replied]
  let history: [Line]

  package init(_ caseHistory: CaseHistory, isOverdue: Bool) {
    let summary = caseHistory.summary
    let progress = CaseProgress(caseHistory)
    `case` = summary.id.text
    number = summary.number
    stage = summary.stage
    phase = summary.phase
    overdue = isOverdue
    received = summary.submission.received
    deadline = summary.deadline
    owner = progress.assignment.map {
      AssignedOwner(
        id: $0.owner.id, kind: $0.owner.kind, name: $0.owner.name, reason: $0.reason, directory: $0.directory)
    }
    classification = progress.classification
    steps = progress.steps
    statement = summary.submission.statement
    replies = progress.replies
    history = caseHistory.events.map { event in
      Line(
        sequence: event.sequence, type: event.type, time: event.time,
        data: event.event.map { EventData(event: summary.isErased ? $0.erased : $0) })
    }
  }

  /// An event's data in the form that it has on the log.
  struct EventData: Encodable {
    let event: CaseEvent

    func encode(to encoder: any Encoder) throws {
      try event.content.encode(to: encoder)
    }
  }
}
