/// What came of checking a log.
package struct VerificationReport: Hashable, Codable, Sendable {
  /// Of each invariant so many violations are kept; all are counted.
  package static let violationsKept = 100

  package internal(set) var counts = Counts()
  /// In the order in which they were found.
  package internal(set) var violations: [Violation] = []
  /// How often each broken invariant is broken, by its name.
  package internal(set) var broken: [String: Int] = [:]

  package var isClean: Bool { broken.isEmpty }

  package func count(of invariant: Invariant) -> Int { broken[invariant.rawValue] ?? 0 }

  mutating func add(_ violation: Violation) {
    broken[violation.invariant.rawValue, default: 0] += 1
    if count(of: violation.invariant) <= Self.violationsKept { violations.append(violation) }
  }
}
