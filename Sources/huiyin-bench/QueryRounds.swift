import Cases
import Foundation
import Monitoring
import Time

/// Everything that a read model of a ``BenchTown`` is asked, with arguments of all kinds.
struct QueryRounds {
  let model: ReadModel
  let cases: Int
  let rounds: Int
  private let now = BenchTown.end
  private let calendar = WorkingCalendar.builtIn

  init(model: ReadModel, cases: Int, rounds: Int) throws {
    self.model = model
    self.cases = cases
    self.rounds = rounds
  }

  /// Milliseconds of each call, by what was asked.
  func run() throws -> [(String, [Double])] {
    [
      try measure("a list, any filters and order") { dice in _ = try list(&dice, scope: .all) },
      try measure("a list's further parts") { dice in try parts(&dice) },
      try measure("a list of what somebody holds") { dice in _ = try list(&dice, scope: holder(&dice)) },
      try measure("a list of what the county's station holds") { dice in
        _ = try list(&dice, scope: .held(by: "county"))
      },
      try measure("overdue, unfiltered") { _ in
        _ = try model.lines(CaseQuery(scope: .all, standing: .overdue), at: now, calendar: calendar)
      },
      try measure("counts") { _ in _ = try model.counts(at: now, calendar: calendar) },
      try measure("counts of what somebody holds") { dice in
        _ = try model.counts(at: now, calendar: calendar, scope: holder(&dice))
      },
      try measure("rates of owners, months to years") { dice in
        let kind = ([nil] + Owner.Kind.allCases)[dice.next(4)]
        _ = try model.rates(of: kind, received: period(&dice), scope: .all, at: now)
      },
      try measure("rates of owners, all five years") { _ in
        _ = try model.rates(of: nil, received: all, scope: .all, at: now)
      },
      try measure("trend, days to years") { dice in _ = try model.trend(days: period(&dice), at: now) },
      try measure("categories, days to years") { dice in _ = try model.categories(received: period(&dice), at: now) },
      try measure("a case's history") { dice in _ = try model.history(of: id(&dice)) },
      try measure("whom we told of a case") { dice in _ = try model.told(of: id(&dice)) },
      try measure("how to reach a citizen") { dice in _ = try model.contact(of: id(&dice)) },
      try measure("what came of a command") { dice in _ = try model.events(causedBy: "c-1", of: id(&dice)) },
      try measure("find, and who may see it") { dice in
        _ = try model.find(id(&dice).text, in: holder(&dice), at: now)
        _ = try model.isVisible(id(&dice), to: holder(&dice))
      },
      try measure("the review queue") { _ in _ = try model.toReview(limit: 50) },
      try measure("dead letters") { _ in _ = try model.deadLetters(after: nil, limit: 50) },
      try measure("arriving, undelivered, parked keys") { _ in
        _ = try model.arriving(at: now)
        _ = try model.undelivered()
        _ = try model.parkedKeys()
      },
      try measure("owners in charge") { _ in _ = try model.ownersInCharge() },
      try measure("a citizen's cases") { dice in
        _ = try model.cases(of: "wechat/county/o\(dice.next(cases))", limit: 10)
      },
      try measure("requests of Open311") { dice in try requests(&dice) },
    ]
  }

  private func measure(
    _ name: String, _ query: (inout BenchTown.Dice) throws -> Void
  ) throws -> (String, [Double]) {
    var times: [Double] = []
    for round in 0..<rounds {
      var dice = BenchTown.Dice(round)
      times.append(try Cost.of { try query(&dice) }.wall * 1000)
    }
    return (name, times)
  }

  private func list(_ dice: inout BenchTown.Dice, scope: CaseScope) throws -> CaseListing {
    try model.lines(query(&dice, scope: scope), at: now, calendar: calendar)
  }

  private func query(_ dice: inout BenchTown.Dice, scope: CaseScope) -> CaseQuery {
    let standings = CaseQuery.Standing.allCases
    let orders = CaseQuery.Order.allCases
    var query = CaseQuery(
      scope: scope, standing: standings[dice.next(standings.count)], order: orders[dice.next(orders.count)])
    query.isReversed = dice.next(2) == 0
    if dice.next(3) == 0 { query.owner = BenchTown.owner(&dice).id }
    if dice.next(3) == 0 { query.kind = Owner.Kind.allCases[dice.next(3)] }
    if dice.next(3) == 0 { query.category = BenchTown.categories[dice.skewed(12)] }
    if dice.next(4) == 0 { query.step = CaseSummary.Step.allCases[dice.next(3)] }
    return query
  }

  /// The fifth part of a list, at most; only its reading counts toward the figures five times.
  private func parts(_ dice: inout BenchTown.Dice) throws {
    var query = query(&dice, scope: .all)
    query.after = try model.lines(query, at: now, calendar: calendar).next
    if query.after != nil { _ = try model.lines(query, at: now, calendar: calendar) }
  }

  private func requests(_ dice: inout BenchTown.Dice) throws {
    let days = period(&dice)
    let start = TimeOffset.shanghai.instant(of: days.lowerBound)
    let subjects = dice.next(2) == 0 ? nil : [CaseFilter.Subject(category: BenchTown.categories[dice.skewed(12)])]
    let phases: [Set<CaseSummary.Phase>?] = [nil, [.open], [.replied, .closed]]
    let filter = CaseFilter(
      received: start...max(start, TimeOffset.shanghai.instant(of: days.upperBound)), phases: phases[dice.next(3)],
      subjects: subjects, offset: dice.next(10) * 50, limit: 50)
    _ = try model.cases(matching: filter)
  }

  private func holder(_ dice: inout BenchTown.Dice) -> CaseScope { .held(by: BenchTown.owner(&dice).id) }

  private func id(_ dice: inout BenchTown.Dice) -> CaseID {
    let name = BenchTown.name(of: dice.next(cases))
    return CaseID(name) ?? CaseID(opinion: OpinionReference(source: "/bench", id: name), subject: nil)
  }

  private var all: ClosedRange<CalendarDate> { BenchTown.start...BenchTown.start.advanced(byDays: BenchTown.days) }

  private func period(_ dice: inout BenchTown.Dice) -> ClosedRange<CalendarDate> {
    let length = [1, 30, 90, 365, 1800][dice.next(5)]
    let start = BenchTown.start.advanced(byDays: dice.next(BenchTown.days - length))
    return start...start.advanced(byDays: length)
  }
}
