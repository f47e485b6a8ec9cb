import Accounts
import Cases
import HTTPTypes
import HTTPValues
import Monitoring
import Time
import WebPages

/// Answers the lists of cases, as pages, as files and as JSON.
struct ListDesk: Sendable {
  private static let pageLines = 50
  private static let fileLines = 1000
  /// How many days back the categories to choose from are looked for.
  private static let categoryDays = 366

  let reading: ModelReading

  func list(_ visit: Visit, _ visitor: Visitor, isOverdue: Bool) async throws -> Response {
    if !isOverdue, let text = visit.request.query["q"], !text.isEmpty {
      return try await found(visit, visitor, String(text.prefix(100)))
    }
    let filter = ListFilter(visit.request.query, isOverdue: isOverdue)
    let (scope, now, calendar, today) = (CaseScope(visitor.account), visit.now, reading.calendar, visit.today)
    let (owners, categories, listing) = try await reading.page { model in
      let owners = try model.ownersInCharge()
      let days = today.advanced(byDays: -Self.categoryDays)...today
      let categories = try model.categories(received: days, at: now).compactMap(\.category)
      let query = filter.query(in: scope, limit: Self.pageLines, among: owners)
      return (owners, categories, try query.map { try model.lines($0, at: now, calendar: calendar) })
    }
    let words = ListWords.of(visit.language)
    var late = DaysLate(on: today, calendar)
    let lines = (listing?.lines ?? []).map { CaseRowText($0, words, visit.words, &late) }
    let frame = visit.frame(
      isOverdue ? words.overdueTitle : words.casesTitle, here: isOverdue ? .overdue : .cases, isLive: true)
    return Templates.page(
      "cases", CaseListPage(frame, words, filter, owners: owners, categories: categories, listing, lines))
  }

  private func found(_ visit: Visit, _ visitor: Visitor, _ text: String) async throws -> Response {
    let (scope, now) = (CaseScope(visitor.account), visit.now)
    let found = try await reading.page { model in try model.find(text, in: scope, at: now) }
    let words = ListWords.of(visit.language)
    var late = DaysLate(on: visit.today, reading.calendar)
    let lines = found.map { CaseRowText($0, words, visit.words, &late) }
    return Templates.page("found", FoundPage(visit.frame(words.casesTitle, here: .cases), words, lines))
  }

  /// The whole filtered list.
  func file(_ visit: Visit, _ visitor: Visitor, isOverdue: Bool) async throws -> Response {
    let filter = ListFilter(visit.request.query, isOverdue: isOverdue).from(nil)
    let words = ListWords.of(visit.language)
    let (caseWords, now, today, calendar) = (visit.words, visit.now, visit.today, reading.calendar)
    let scope = CaseScope(visitor.account)
    let (bytes, isCut) = try await reading.file { model in
      var file = CSVFile()
      var late = DaysLate(on: today, calendar)
      file.add(CaseTable.header(words))
      let isWhole = try Self.forEach(filter, scope, model, at: now, calendar) { line in
        file.add(CaseTable.cells(line, words, caseWords, &late))
      }
      return (file.bytes, !isWhole)
    }
    let time = String(now.forReading.filter { $0 != ":" && $0 != "-" }.map { $0 == " " ? "-" : $0 })
    let name = "huiyin-\(isOverdue ? "overdue" : "cases")-\(time)\(isCut ? "-first-\(CaseTable.mostLines)" : "").csv"
    return Response(type: "text/csv; charset=utf-8; header=present", body: bytes)
      .with(.contentDisposition, "attachment; filename=\"\(name)\"")
  }

  func overdueReport(_ visit: Visit, _ visitor: Visitor) async throws -> Response {
    let (scope, now, calendar, today) = (CaseScope(visitor.account), visit.now, reading.calendar, visit.today)
    return .json(
      try await reading.file { model in
        var lines: [OverdueReport.Line] = []
        var late = DaysLate(on: today, calendar)
        let filter = ListFilter([:], isOverdue: true)
        _ = try Self.forEach(filter, scope, model, at: now, calendar) { lines.append(.init($0, &late)) }
        let total = try model.counts(at: now, calendar: calendar, scope: scope).overdue
        return OverdueReport(at: GivenTime(now), total: max(total, lines.count), cases: lines)
      })
  }

  /// - Returns: whether there are no more.
  private static func forEach(
    _ filter: ListFilter, _ scope: CaseScope, _ model: ReadModel, at now: Instant, _ calendar: WorkingCalendar,
    _ body: (CaseLine) -> Void
  ) throws -> Bool {
    guard var query = filter.query(in: scope, limit: fileLines, among: try model.ownersInCharge()) else { return true }
    var count = 0
    while count < CaseTable.mostLines {
      let listing = try model.lines(query, at: now, calendar: calendar)
      for line in listing.lines { body(line) }
      count += listing.lines.count
      guard let next = listing.next else { return true }
      query.after = next
    }
    return false
  }
}
