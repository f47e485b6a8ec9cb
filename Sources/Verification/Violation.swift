/// One place where an invariant is broken. Names what and where, never what a citizen said or who they are.
package struct Violation: Hashable, Codable, Sendable {
  package let invariant: Invariant
  package let caseID: String?
  /// `topic/partition/offset` of the record that shows it.
  package let place: String?
  /// What is wrong there.
  package let sentence: String

  enum CodingKeys: String, CodingKey {
    case invariant, caseID = "case", place, sentence
  }

  /// One line for a person.
  package var line: String {
    let subjects = [caseID.map { "case \($0)" }, place].compactMap(\.self)
    return subjects.isEmpty ? sentence : subjects.joined(separator: ", ") + ": " + sentence
  }
}
