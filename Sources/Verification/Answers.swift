import Cases
import Time

/// The replies of a case, and how often `feedback` tells each to its citizen.
struct Answers {
  struct Reply {
    let number: Int
    let place: Place
    /// When the log took it in.
    let recorded: Instant
    var told = 0
  }

  private(set) var replies: [Reply] = []

  mutating func see(_ event: CaseEvent, number: Int, at place: Place, recorded: Instant) {
    guard case .replied = event else { return }
    replies.append(Reply(number: number, place: place, recorded: recorded))
  }

  mutating func tell(number: Int, _ fault: (String) -> Void) {
    guard let index = replies.firstIndex(where: { $0.number == number }) else {
      return fault("it is an answer made of event \(number), which is no reply")
    }
    replies[index].told += 1
    if replies[index].told > 1 { fault("the reply (event \(number)) is answered to the citizen more than once") }
  }
}
