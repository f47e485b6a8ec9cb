import Cases
import Time

/// The answers of a case, replies and refusals, and how often `feedback` tells each to its citizen.
struct Answers {
  struct Reply {
    let number: Int
    let place: Place
    /// When the log took it in.
    let recorded: Instant
    var told = 0
    /// It is on record why nobody could tell it.
    var isGivenUp = false
  }

  private(set) var replies: [Reply] = []

  mutating func see(_ event: CaseEvent, number: Int, at place: Place, recorded: Instant) {
    switch event {
    case .replied, .refused: replies.append(Reply(number: number, place: place, recorded: recorded))
    case .undelivered(let delivery) where delivery.final != false: giveUp(delivery.feedback)
    case .undelivered, .opened, .classified, .assigned, .signed, .signOverdue, .returned, .transferred, .coHandled,
      .escalated, .raised, .reminded, .overdue, .overdueWithdrawn, .supervised, .supervisionRequested,
      .supervisionDenied, .reported, .deadlineChanged, .extensionRequested, .extended, .extensionDenied, .paused,
      .resumed, .delivered, .rated, .reopened, .merged, .unmerged, .joined, .parted, .mergeDeclined, .supplemented,
      .similarFound, .closed, .reviewDue, .reviewed, .erased, .disclosed, .refusedCommand:
      break
    }
  }

  /// - Parameter feedback: an answer's id, made of the number of its event.
  mutating func giveUp(_ feedback: String) {
    let number = feedback.split(separator: ".").dropLast().last.flatMap { Int($0) }
    guard let index = replies.firstIndex(where: { $0.number == number }) else { return }
    replies[index].isGivenUp = true
  }

  mutating func tell(number: Int, _ fault: (String) -> Void) {
    guard let index = replies.firstIndex(where: { $0.number == number }) else {
      return fault("it is an answer made of event \(number), which is no reply")
    }
    replies[index].told += 1
    if replies[index].told > 1 { fault("the reply (event \(number)) is answered to the citizen more than once") }
  }

  /// It is told over a further channel.
  func tellAgain(number: Int, _ fault: (String) -> Void) {
    if replies.first(where: { $0.number == number })?.told != 1 {
      fault("it is a further attempt at an answer (event \(number)) that was not told before")
    }
  }
}
