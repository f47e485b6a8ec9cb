import Cases

/// That a case closes only after a reply, and after that was delivered or could not be, for a reason.
struct Closing {
  private var isReplied = false
  private var isClosed = false
  /// Numbers of the `replied` events of which nobody has said yet whether they arrived.
  private var onTheWay: [Int] = []
  private var result: CaseEvent.Closed.Outcome?

  mutating func see(_ event: CaseEvent, number: Int, of caseID: CaseID, _ fault: (String) -> Void) {
    switch event {
    case .replied, .refused:
      isReplied = true
      onTheWay.append(number)
    case .delivered(let delivery):
      settle(delivery, of: caseID, fault)
      result = .answered
    // Another channel is tried.
    case .undelivered(let delivery) where delivery.final == false: break
    case .undelivered(let delivery):
      settle(delivery, of: caseID, fault)
      result = .unreachable
      if delivery.reason?.contains(where: { !$0.isWhitespace }) != true {
        fault("event \(number) gives no reason why the answer could not be delivered")
      }
    case .closed(let closed):
      if isClosed {
        fault("it is closed a second time by event \(number)")
      } else if !isReplied {
        fault("it is closed by event \(number) without a reply")
      } else if result == nil {
        fault("it is closed by event \(number), and its answer is neither delivered nor undeliverable")
      } else if result != closed.outcome {
        fault("it is closed by event \(number) as \(closed.outcome.rawValue), which is not what became of its answer")
      }
      isClosed = true
    // What an opinion was about may be put right at any time.
    case .classified(let classification) where classification.by == .person: break
    case .rated:
      if !isReplied { fault("event \(number) rates a reply, and there is none") }
    case .opened, .classified, .assigned, .reminded, .overdue, .deadlineChanged:
      if isClosed { fault("\(event.name) (event \(number)) comes after it was closed") }
    default: break
    }
  }

  private mutating func settle(_ delivery: CaseEvent.Delivery, of caseID: CaseID, _ fault: (String) -> Void) {
    guard let index = onTheWay.firstIndex(where: { "\(caseID).\($0).0" == delivery.feedback }) else {
      return fault("what was delivered, or not, is no answer of it that was on its way")
    }
    onTheWay.remove(at: index)
  }
}
