import Cases

/// Where all checks of a run write down what they find. Belongs to the thread of the run.
final class Findings {
  var report = VerificationReport()

  func add(_ invariant: Invariant, case caseID: CaseID? = nil, at place: Place? = nil, _ sentence: String) {
    report.add(
      Violation(invariant: invariant, caseID: caseID?.text, place: place?.description, sentence: sentence))
  }
}
