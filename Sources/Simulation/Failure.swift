/// A rule that was broken, and where.
package struct Failure: Hashable, Sendable {
  /// Names the rule.
  package let rule: String
  package let caseID: String?
  package let sentence: String

  package var line: String { "\(rule): \(caseID.map { "case \($0): " } ?? "")\(sentence)" }
}
