import Cases
import Monitoring
import WebPages

/// What the template `cases` is filled with.
struct CaseListPage {
  struct Choice {
    let value: String
    let label: String
    let isChosen: Bool
  }

  struct Group {
    let label: String
    let choices: [Choice]
  }

  struct Column {
    let label: String
    /// Sorts by it.
    let address: String?
    /// As `aria-sort` has it, for the column that the list is sorted by.
    let direction: String?
  }

  let frame: PageFrame
  let w: ListWords
  let action: String
  let standings: [Choice]
  let hasStandings: Bool
  let owners: [Group]
  let deputy: String
  let categories: [Choice]
  let steps: [Choice]
  let orders: [Choice]
  let isReversed: Bool
  /// Shows less than everything, or in another order.
  let isFiltered: Bool
  let columns: [Column]
  let lines: [CaseRowText]
  let total: String
  let notes: [String]
  let hasLines: Bool
  let isEmpty: Bool
  let export: String
  let exportLimit: String?
  let next: String?
  let first: String?

  /// - Parameters:
  ///   - owners: stations and departments to choose from.
  ///   - listing: `nil` where the filter names a deputy whom nobody knows.
  init(
    _ frame: PageFrame, _ words: ListWords, _ filter: ListFilter, owners: [Owner], categories known: [String],
    _ listing: CaseListing?, _ lines: [CaseRowText]
  ) {
    self.frame = frame
    w = words
    action = filter.isOverdue ? "/overdue" : "/cases"
    standings =
      filter.isOverdue
      ? []
      : CaseQuery.Standing.allCases.map {
        Choice(value: $0.rawValue, label: words.name(of: $0), isChosen: $0 == filter.standing)
      }
    hasStandings = !standings.isEmpty
    self.owners = Self.groups(words, filter, owners)
    deputy = filter.deputy
    let names = known + (filter.category.map { known.contains($0) ? [] : [$0] } ?? [])
    categories = names.map { Choice(value: $0, label: $0, isChosen: $0 == filter.category) }
    steps = CaseSummary.Step.allCases.map {
      Choice(value: $0.rawValue, label: words.name(of: $0), isChosen: $0 == filter.step)
    }
    let order = listing?.order ?? filter.order
    orders = CaseQuery.Order.allCases.map {
      Choice(value: $0.rawValue, label: words.name(of: $0), isChosen: $0 == order)
    }
    isReversed = filter.isReversed
    isFiltered = filter.from(nil) != ListFilter([:], isOverdue: filter.isOverdue)
    columns = Self.columns(words, filter, order)
    self.lines = lines
    var notes: [String] = []
    if listing == nil { notes.append(words.unknownDeputy) }
    if !filter.deputy.isEmpty, filter.holder != nil { notes.append(words.ownerIgnored) }
    if let listing, listing.order != filter.order { notes.append(words.orderReplaced) }
    if listing?.isCursorUnknown == true { notes.append(words.cursorUnknown) }
    self.notes = notes
    total = words.total(listing)
    hasLines = !lines.isEmpty
    isEmpty = lines.isEmpty && notes.isEmpty
    export = filter.from(nil).address(".csv")
    exportLimit = listing?.isMore == true ? words.exportLimit : nil
    next = listing?.next.map { filter.from($0).address() }
    first = filter.after == nil ? nil : filter.from(nil).address()
  }

  private static func groups(_ words: ListWords, _ filter: ListFilter, _ owners: [Owner]) -> [Group] {
    Owner.Kind.allCases.map { kind in
      var choices: [ListFilter.Holder] = [.init(kind: kind, id: nil)]
      var names = [words.name(of: kind) + " – " + words.allSteps]
      for owner in owners where owner.kind == kind && kind != .deputy {
        choices.append(.init(kind: kind, id: owner.id))
        names.append(owner.name)
      }
      if let chosen = filter.holder, chosen.kind == kind, !choices.contains(chosen) {
        choices.append(chosen)
        names.append(owners.first { $0.id == chosen.id && $0.kind == kind }?.name ?? chosen.id ?? "")
      }
      return Group(
        label: words.name(of: kind),
        choices: zip(choices, names).map { holder, name in
          Choice(value: ListFilter.text(of: holder), label: name, isChosen: holder == filter.holder)
        })
    }
  }

  private static func columns(
    _ words: ListWords, _ filter: ListFilter, _ current: CaseQuery.Order
  ) -> [Column] {
    func column(_ label: String, _ order: CaseQuery.Order? = nil) -> Column {
      guard let order else { return Column(label: label, address: nil, direction: nil) }
      // The newest stand first unless it is turned round.
      let isDescending = filter.isReversed != (order == .received)
      return Column(
        label: label, address: filter.sorted(by: order).address(),
        direction: order == current ? (isDescending ? "descending" : "ascending") : nil)
    }
    return [
      column(words.number), column(words.standing), column(words.owner, .owner), column(words.category, .category),
      column(words.received, .received), column(words.due, .due), column(words.workingDaysLate),
      column(words.step, .step), column(words.lastEvent),
    ]
  }
}
