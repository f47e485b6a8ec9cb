/// What must be true of a log at any time (design.md, "What must be true at any time"), in the order of the report.
package enum Invariant: String, Codable, CaseIterable, Sendable {
  case nothingLost = "nothing-lost"
  case eventsInOrder = "events-in-order"
  case openCaseInHand = "open-case-in-hand"
  case lifeByTheTable = "life-by-the-table"
  case closedOnlyWhenAnswered = "closed-only-when-answered"
  case deadlineEventsOnce = "deadline-events-once"
  case deadlinesRight = "deadlines-right"
  case answersTold = "answers-told"
  case nothingPersonal = "nothing-personal"
  case recordsInPlace = "records-in-place"
  case unreadableKept = "unreadable-kept"

  package var rule: String {
    switch self {
    case .nothingLost:
      "Every opinion is in one case, or a duplicate, a dead letter, or in flight; every command had its effect."
    case .eventsInOrder: "The events of a case are numbered 1, 2, 3 … in the order of the log, in one partition."
    case .openCaseInHand:
      "A case begins by being opened, has an owner and, until it is closed, a timer for what is next."
    case .lifeByTheTable: "A case goes from stage to stage, and from owner to owner, as the table of its life allows."
    case .closedOnlyWhenAnswered: "A case closes only when its answer was delivered, or why it was not is recorded."
    case .deadlineEventsOnce: "What falls due is said at most once for each deadline, and only while it runs."
    case .deadlinesRight: "Deadlines, and what is said of replies, are what the calendar says."
    case .answersTold: "Each reply has exactly one answer in feedback; each record of feedback tells of an event."
    case .nothingPersonal: "Nothing that names a citizen stands in cases, classifications or feedback."
    case .recordsInPlace: "A record with a key lies in the partition of that key, or was forwarded to it."
    case .unreadableKept: "A record that could not be read is a dead letter."
    }
  }
}
