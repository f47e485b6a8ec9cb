/// A part of a list of cases.
package struct CaseListing: Hashable, Sendable {
  package var lines: [CaseLine] = []
  /// What ``CaseQuery/after`` is to be for the lines behind these; `nil` behind the last one.
  package var next: String?
  /// How many there are in all; exact up to ``exact``, which it never exceeds.
  package var total = 0
  /// There are more than ``total``.
  package var isMore = false
  /// The order that they are in. Not what was asked for where more than ``exact`` cases would have to be sorted for it:
  /// then ``CaseQuery/Order/due``.
  package var order: CaseQuery.Order
  /// ``CaseQuery/after`` is none of ours, or of another order: no line is shown.
  package var isCursorUnknown = false

  package static let exact = 10_000
}
