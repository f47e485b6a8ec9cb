import Cases

/// That a case closes only after an answer, and after that was delivered or could not be, for a reason; and that nothing
/// happens to it then that the table of its life doesn't allow, until it is taken up again.
struct Closing {
  private var isAnswered = false
  private var isClosed = false
  /// Numbers of the answers of which nobody has said yet whether they arrived.
  private var onTheWay: [Int] = []
  /// The same, of answers from before it was reopened: what becomes of them decides nothing.
  private var oldAnswers: [Int] = []
  /// The same, of answers of this round that were given up, and may arrive after all.
  private var lost: [Int] = []
  private var hasArrived = false
  /// There is a reply that has not been rated.
  private var isUnrated = false

  mutating func see(_ event: CaseEvent, number: Int, of caseID: CaseID, _ fault: (String) -> Void) {
    switch event {
    case .replied, .refused:
      if case .refused = event, isAnswered { fault("it is refused by event \(number), and has been answered") }
      isAnswered = true
      isUnrated = true
      onTheWay.append(number)
    case .delivered(let delivery):
      if let index = lost.firstIndex(where: { "\(caseID).\($0).0" == delivery.feedback }) {
        lost.remove(at: index)
        hasArrived = true
      } else if settle(delivery, of: caseID, fault) != nil {
        hasArrived = true
      }
    case .undelivered(let delivery):
      if delivery.reason?.contains(where: { !$0.isWhitespace }) != true {
        fault("event \(number) gives no reason why the answer could not be delivered")
      }
      if delivery.final == false {
        // Another channel is tried.
        if !isOnTheWay(delivery, of: caseID) { fault(Self.unknown) }
      } else if let number = settle(delivery, of: caseID, fault) {
        lost.append(number)
      }
    case .rated:
      if !isAnswered { fault("event \(number) rates a reply, and there is none") }
      if isAnswered, !isUnrated { fault("event \(number) rates a reply that has been rated") }
      isUnrated = false
    case .closed(let closed): close(closed, number, fault)
    case .reopened:
      if !isAnswered { fault("it is taken up again by event \(number), and has not been answered") }
      oldAnswers += onTheWay
      (onTheWay, lost) = ([], [])
      (isAnswered, isClosed, hasArrived, isUnrated) = (false, false, false, false)
    case .reviewDue, .reviewed:
      if !isClosed { fault("\(event.name) (event \(number)) comes before it is closed") }
    // What an opinion was about may be put right at any time.
    case .classified(let classification) where classification.by == .person: break
    // A granted key supervision may be told at any time.
    case .supervised(let supervised) where supervised.step == .key: break
    // In time or not is told by DeadlineEvents until the case is closed.
    case .reminded, .overdue, .reported, .supervised, .signOverdue:
      if isClosed { fault("\(event.name) (event \(number)) comes after it was closed") }
    case .opened, .classified, .assigned, .signed, .returned, .transferred, .coHandled, .escalated, .raised,
      .supervisionRequested, .deadlineChanged, .extensionRequested, .extended, .extensionDenied, .paused, .resumed,
      .merged, .unmerged, .joined:
      if isAnswered || isClosed {
        fault("\(event.name) (event \(number)) comes after it was \(isClosed ? "closed" : "answered")")
      }
    // Whatever has become of it.
    case .overdueWithdrawn, .supervisionDenied, .parted, .mergeDeclined, .supplemented, .similarFound, .erased,
      .disclosed,
      .refusedCommand:
      break
    }
  }

  private static let unknown = "what was delivered, or not, is no answer of it that was on its way"

  private mutating func close(_ closed: CaseEvent.Closed, _ number: Int, _ fault: (String) -> Void) {
    if isClosed {
      fault("it is closed a second time by event \(number)")
    } else if !isAnswered {
      fault("it is closed by event \(number) without a reply")
    } else if !hasArrived, !onTheWay.isEmpty {
      fault("it is closed by event \(number), and its answer is neither delivered nor undeliverable")
    } else if hasArrived != (closed.outcome == .answered) {
      fault("it is closed by event \(number) as \(closed.outcome.rawValue), which is not what became of its answer")
    }
    isClosed = true
  }

  private func isOnTheWay(_ delivery: CaseEvent.Delivery, of caseID: CaseID) -> Bool {
    (onTheWay + oldAnswers).contains { "\(caseID).\($0).0" == delivery.feedback }
  }

  /// - Returns: the number of an answer of this round.
  private mutating func settle(
    _ delivery: CaseEvent.Delivery, of caseID: CaseID, _ fault: (String) -> Void
  ) -> Int? {
    if let index = onTheWay.firstIndex(where: { "\(caseID).\($0).0" == delivery.feedback }) {
      return onTheWay.remove(at: index)
    }
    if let index = oldAnswers.firstIndex(where: { "\(caseID).\($0).0" == delivery.feedback }) {
      oldAnswers.remove(at: index)
    } else {
      fault(Self.unknown)
    }
    return nil
  }
}
