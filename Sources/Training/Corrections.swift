package import Cases

/// What people said opinions are about, gathered from the events of `cases`, in the form that a model is trained on.
package struct Corrections {
  private struct Case {
    var statement: Statement
    var reading: TextReading?
    var category: String?
  }

  private var cases: [CaseID: Case] = [:]

  package init() {}

  /// Takes in the next event of a case; events of different cases may come in any order.
  package mutating func take(_ event: CaseEvent, of id: CaseID) {
    switch event {
    case .opened(let opened): cases[id] = Case(statement: opened.submission.statement)
    case .classified(let classification):
      if let reading = classification.reading { cases[id]?.reading = reading }
      if classification.by == .person { cases[id]?.category = classification.category }
    default: break
    }
  }

  /// The corrected opinions by their case ids, each with what was said of it last. Personal numbers are masked: they teach
  /// nothing.
  package var opinions: [LabelledOpinion] {
    cases.sorted { $0.key < $1.key }.compactMap { id, known in
      known.category.map { category in
        let (title, text) = (known.statement.title, known.statement.text)
        return LabelledOpinion(
          id: id.text, title: title.map { known.reading?.masked($0, field: .title) ?? $0 },
          text: known.reading?.masked(text, field: .text) ?? text, category: category)
      }
    }
  }
}
