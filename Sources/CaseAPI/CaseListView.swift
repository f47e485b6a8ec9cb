import Monitoring

/// A part of a list of cases.
struct CaseListView: Encodable {
  /// Exact unless ``more``.
  let total: Int
  /// There are more than ``total``.
  let more: Bool
  /// The order that they are in; not always the one asked for: see ``CaseListing/order``.
  let order: String
  let cases: [CaseLineView]
  let next: String?
}
