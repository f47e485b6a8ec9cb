/// Whose cases somebody may see.
package enum CaseScope: Hashable, Sendable {
  /// 督办机关 and administrators.
  case all
  /// Those that this station, department or deputy owns, is offered, helps with, or, being a station, watches over.
  case held(by: String)
}
