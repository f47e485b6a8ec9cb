import Cases
import HTTPValues
import Monitoring

/// Which cases a list shows, as its address says it: what can be shared is the address.
struct ListFilter: Hashable, Sendable {
  /// Of whom, where not of everybody.
  struct Holder: Hashable, Sendable {
    var kind: Owner.Kind
    /// `nil`: of all that are of this kind.
    var id: String?
  }

  /// The list of what is overdue, whose standing is given.
  let isOverdue: Bool
  var standing: CaseQuery.Standing
  var holder: Holder?
  /// A deputy's id or name, as somebody typed it; counts before `holder`.
  var deputy: String
  var category: String?
  var step: CaseSummary.Step?
  var order: CaseQuery.Order
  var isReversed: Bool
  var after: String?

  /// What can't be understood is as if it weren't there.
  init(_ query: [String: String], isOverdue: Bool) {
    self.isOverdue = isOverdue
    func value(_ name: String) -> String? {
      query[name].flatMap { $0.isEmpty || $0.utf8.count > 1000 ? nil : $0 }
    }
    standing = isOverdue ? .overdue : value("standing").flatMap { CaseQuery.Standing(rawValue: $0) } ?? .open
    holder = value("owner").flatMap { text in
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let kind = Owner.Kind(rawValue: String(parts[0])) else { return nil }
      return Holder(kind: kind, id: parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil)
    }
    deputy = value("deputy").map { String($0.drop(while: \.isWhitespace)) } ?? ""
    while deputy.last?.isWhitespace == true { deputy.removeLast() }
    category = value("category")
    step = value("step").flatMap { CaseSummary.Step(rawValue: $0) }
    order = value("sort").flatMap { CaseQuery.Order(rawValue: $0) } ?? .due
    isReversed = value("reverse") == "1"
    after = value("after")
  }

  /// - Parameter extension: `.csv`, or none.
  func address(_ extension: String = "") -> String {
    var fields: [(String, String)] = []
    if !isOverdue, standing != .open { fields.append(("standing", standing.rawValue)) }
    if let holder { fields.append(("owner", Self.text(of: holder))) }
    if !deputy.isEmpty { fields.append(("deputy", deputy)) }
    if let category { fields.append(("category", category)) }
    if let step { fields.append(("step", step.rawValue)) }
    if order != .due { fields.append(("sort", order.rawValue)) }
    if isReversed { fields.append(("reverse", "1")) }
    if let after { fields.append(("after", after)) }
    let query = fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    return (isOverdue ? "/overdue" : "/cases") + `extension` + (query.isEmpty ? "" : "?" + query)
  }

  static func text(of holder: Holder) -> String { "\(holder.kind.rawValue):\(holder.id ?? "")" }

  /// The same cases from the first one on, in that order; the other way round if they are in it already.
  func sorted(by order: CaseQuery.Order) -> ListFilter {
    var filter = self
    filter.isReversed = self.order == order && !isReversed
    filter.order = order
    filter.after = nil
    return filter
  }

  func from(_ after: String?) -> ListFilter {
    var filter = self
    filter.after = after
    return filter
  }

  /// - Parameter owners: those whom the directory names, among whom the deputy is looked for.
  /// - Returns: `nil` for a deputy that nobody knows.
  func query(in scope: CaseScope, limit: Int, among owners: [Owner]) -> CaseQuery? {
    var query = CaseQuery(scope: scope, standing: standing, order: order, limit: limit)
    query.isReversed = isReversed
    (query.owner, query.kind) = (holder?.id, holder?.kind)
    if !deputy.isEmpty {
      let deputies = owners.filter { $0.kind == .deputy }
      guard
        let found = deputies.first(where: { $0.id == deputy }) ?? deputies.first(where: { $0.name == deputy })
      else { return nil }
      (query.owner, query.kind) = (found.id, .deputy)
    }
    query.category = category
    query.step = step
    query.after = after
    return query
  }
}
