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
  /// In the order in which they were taken in.
  package let replies: [CaseEvent.Replied]

  package init(_ history: CaseHistory) {
    var reached: [GivenTime?] = Array(repeating: nil, count: 5)
    var isReached = Array(repeating: false, count: 5)
    var assignment: Assignment?
    var classification: Classification?
    var replies: [CaseEvent.Replied] = []
    func reach(_ step: Int, _ time: GivenTime?) {
      if !isReached[step] { reached[step] = time }
      isReached[step] = true
    }
    for event in history.events {
      switch event.event {
      case .opened: reach(0, event.time)
      case .classified(var data):
        // A correction says nothing of what the text holds.
        data.reading = data.reading ?? classification?.reading
        classification = data
      case .assigned(let data):
        assignment = data
        reach(1, event.time)
      case .signed: reach(2, event.time)
      case .refused(let data):
        reach(2, data.at)
        reach(3, data.at)
      case .replied(let data):
        replies.append(data)
        reach(2, data.at)
        reach(3, data.at)
      case .delivered, .undelivered: reach(4, event.time)
      default: break
      }
    }
    let names = Words.chinese.steps
    let current = isReached.firstIndex(of: false)
    steps = names.indices.map { index in
      let state: Step.State = isReached[index] ? .done : index == current ? .now : .ahead
      return Step(name: names[index], state: state, at: reached[index])
    }
    self.assignment = assignment
    self.classification = classification
    self.replies = replies
  }
}
