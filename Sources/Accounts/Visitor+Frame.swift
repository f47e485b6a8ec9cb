import Cases
package import WebPages

extension Visitor {
  /// Who they are to the pages, and where the navigation leads them.
  package var person: PageFrame.Person {
    PageFrame.Person(
      title: account.title, places: account.places, formToken: session == nil ? "" : formToken)
  }
}

extension Account {
  /// The parts of the site that this account has a use for.
  package var places: [PageFrame.Place] {
    switch role {
    case .administrator: [.overview, .overdue, .cases, .review, .deadLetters, .health]
    case .supervisor: [.overview, .overdue, .cases, .review, .health]
    case .station: [.desk, .overdue, .cases, .review, .overview]
    case .deputy, .department, .citizen, .system: [.desk, .overdue, .cases, .overview]
    }
  }

  /// Where they begin.
  var landing: PageFrame.Place { seesAll ? .overview : .desk }
}
