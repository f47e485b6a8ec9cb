package import Cases
package import Time

/// What another policy would have changed: the cases of two replays of one input, under a policy and under another.
package struct PolicyComparison {
  /// A case under one of the two.
  package struct Judgement: Hashable, Codable {
    package var due: CalendarDate
    package var expires: GivenTime
    package var overdue: Bool

    init(_ summary: CaseSummary) {
      due = summary.deadline.due
      expires = summary.deadline.expires
      overdue = summary.overdue
    }
  }

  /// A case that the other policy would have judged otherwise.
  package struct Change: Hashable {
    package var `case`: CaseID
    /// As given.
    package var received: String
    package var replied: String?
    /// Until the reply.
    package var workingDays: Int?
    package var a: Judgement
    package var b: Judgement
  }

  package struct Totals: Hashable, Codable {
    /// The policy's version.
    package var policy: String
    package var overdue = 0
  }

  package struct Summary: Hashable, Codable {
    package var a: Totals
    package var b: Totals
    package var cases = 0
    /// Cases that expire at another time under the other policy.
    package var moved = 0
    package var earlier = 0
    package var later = 0
    package var newlyOverdue = 0
    package var noLongerOverdue = 0
  }

  /// Sorted by the bytes of the case ids.
  package private(set) var changes: [Change] = []
  package private(set) var summary: Summary

  /// - Parameters:
  ///   - first: of the replay under `a`, `second`: of the one under `b`.
  package init(_ first: CaseLedger, _ a: ReplyPolicy, _ second: CaseLedger, _ b: ReplyPolicy) {
    summary = Summary(a: Totals(policy: a.version), b: Totals(policy: b.version))
    for (id, before) in first.cases.sorted(by: { $0.key < $1.key }) {
      // A policy decides when a case is due, never whether there is one.
      guard let after = second.cases[id] else { continue }
      add(before, after)
    }
  }

  private mutating func add(_ before: CaseSummary, _ after: CaseSummary) {
    let (a, b) = (Judgement(before), Judgement(after))
    summary.cases += 1
    summary.a.overdue += a.overdue ? 1 : 0
    summary.b.overdue += b.overdue ? 1 : 0
    summary.newlyOverdue += !a.overdue && b.overdue ? 1 : 0
    summary.noLongerOverdue += a.overdue && !b.overdue ? 1 : 0
    summary.earlier += b.expires.instant < a.expires.instant ? 1 : 0
    summary.later += b.expires.instant > a.expires.instant ? 1 : 0
    summary.moved = summary.earlier + summary.later
    guard a != b else { return }
    changes.append(
      Change(
        case: before.id, received: before.submission.received.text, replied: before.replied?.text,
        workingDays: before.workingDays, a: a, b: b))
  }

  /// One line of JSON for each change, then one of the summary.
  package var lines: [[UInt8]] { changes.map { JSONData.encode($0) } + [JSONData.encode(["summary": summary])] }
}

extension PolicyComparison.Change: Encodable {
  private enum Field: String, CodingKey { case `case`, received, replied, workingDays, a, b }

  /// What isn't known is `null`, so that every line has every field.
  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encode(`case`, forKey: .case)
    try fields.encode(received, forKey: .received)
    try fields.encode(replied, forKey: .replied)
    try fields.encode(workingDays, forKey: .workingDays)
    try fields.encode(a, forKey: .a)
    try fields.encode(b, forKey: .b)
  }
}
