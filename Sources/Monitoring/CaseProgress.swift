package import Cases
package import Time

/// 来访有登记、登记有反映、反映有处理、处理有结果、结果有反馈: how far a case has come on these five steps, and what its events say about
/// owner and category.
package struct CaseProgress {
  package struct Step: Encodable {
    package enum State: String, Encodable { case done, now, ahead }

    package let name: String
    package let state: State
    package let at: GivenTime?
  }

  /// In Chinese, which the JSON form keeps in every language.
  package let steps: [Step]
  package let assignment: Assignment?
  package let classification: Classification?
  private static let names = ["登记", "反映", "处理", "结果", "反馈"]
  /// In the order in which they were taken in.
  package let replies: [CaseEvent.Replied]

  package init(_ history: CaseHistory) {
    var folded = CaseSteps()
    var assignment: Assignment?
    var classification: Classification?
    var replies: [CaseEvent.Replied] = []
    for event in history.events {
      guard let known = event.event else { continue }
      if let time = event.time { folded.fold(known, sequence: event.sequence, at: time) }
      switch known {
      case .classified(var data):
        // A correction says nothing of what the text holds.
        data.reading = data.reading ?? classification?.reading
        classification = data
      case .assigned(let data): assignment = data
      case .replied(let data): replies.append(data)
      default: break
      }
    }
    steps = zip(CaseSteps.Step.allCases, Self.names).map { step, name in
      let time = folded.time(of: step)
      return Step(name: name, state: time != nil ? .done : step == folded.missing ? .now : .ahead, at: time)
    }
    self.assignment = assignment
    self.classification = classification
    self.replies = replies
  }
}
