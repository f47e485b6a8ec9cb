import CaseStories
import Cases
import EventLog
import Foundation
import GRDB
import Monitoring
import SeededRandom
import Streams
import Testing
import Time

struct TalliesTests {
  private static let now = "2026-10-12T12:00:00+08:00"

  @Test(arguments: 1...6)
  func `any division into chunks, and any interleaving of topics, ends in the same model`(seed: UInt64) throws {
    let now = try moment(Self.now)
    let town = try Town(cases: 60, seed: 40)
    let inOne = try ReadModel.inMemory()
    for chunk in town.whole { _ = try inOne.apply(chunk) }
    let inMany = try ReadModel.inMemory()
    let chunks = town.chunks(seed: seed)
    for chunk in chunks { _ = try inMany.apply(chunk) }
    #expect(chunks.count > 5)
    let (picture, other) = (try ModelPicture(of: inOne, town, at: now), try ModelPicture(of: inMany, town, at: now))
    #expect(picture == other)
    // Not because there is nothing to tell apart.
    #expect(picture.contacts.contains { $0 != nil } && picture.contacts.contains { $0 == nil })
    #expect(picture.arriving.count == 5 && picture.letters.waiting == 4 && picture.parkedKeys == 2)
    #expect(picture.owners.map(\.id) == ["county", "station-1", "department-1", "deputy-2"])
    #expect(picture.undelivered > 0 && picture.undecodable.isEmpty)
  }

  @Test func `a kill in any chunk neither loses nor repeats anything, whatever it was about`() throws {
    let now = try moment(Self.now)
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    let town = try Town(cases: 40, seed: 41)
    let undisturbed = try ReadModel.inMemory()
    var model = try ReadModel(path: path)
    _ = try model.prepare(for: "one")
    let killer = try DatabaseQueue(path: path)
    for (number, chunk) in town.chunks(seed: 9).enumerated() {
      _ = try undisturbed.apply(chunk)
      // Large ones do without the indexes of lists while they are built, and are killed then, too.
      _ = try model.beginBuilding(records: number % 2 == 0 ? 1_000_000 : 10)
      // The positions are what a chunk writes last.
      try killer.write { db in
        try db.execute(
          sql: "CREATE TRIGGER kill_insert BEFORE INSERT ON positions BEGIN SELECT RAISE(ABORT, 'killed'); END")
      }
      #expect(throws: ReadModel.Failure.self) { try model.apply(chunk) }
      try killer.write { db in try db.execute(sql: "DROP TRIGGER kill_insert") }
      model = try ReadModel(path: path)
      _ = try model.prepare(for: "one")
      _ = try model.apply(chunk)
    }
    try model.finishBuilding()
    #expect(try ModelPicture(of: model, town, at: now) == ModelPicture(of: undisturbed, town, at: now))
    #expect(try !model.beginBuilding(records: 1_000_000))
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `tallies are what a recount of all cases gives, after every chunk`(seed: UInt64) throws {
    let now = try moment(Self.now)
    let town = try Town(cases: 80, seed: seed)
    let model = try ReadModel.inMemory()
    for chunk in town.chunks(seed: seed) {
      _ = try model.apply(chunk)
      try expectTallies(of: model, town, at: now)
    }
  }

  private func expectTallies(of model: ReadModel, _ town: Town, at now: Instant) throws {
    let all = try town.stories.compactMap { try model.history(of: $0.id)?.summary }
    let reference = ListReference(now: now, calendar: .builtIn)
    for scope in [CaseScope.all, .held(by: "station-1"), .held(by: "deputy-2")] {
      func count(_ standing: CaseQuery.Standing, where condition: (CaseSummary) -> Bool = { _ in true }) -> Int {
        let ids = Set(reference.ids(of: CaseQuery(scope: scope, standing: standing), among: all))
        return all.filter { ids.contains($0.id) && condition($0) }.count
      }
      let counts = try model.counts(at: now, calendar: .builtIn, scope: scope)
      #expect(counts.open == count(.open))
      #expect(counts.dueToday == count(.dueToday))
      #expect(counts.dueSoon == count(.dueSoon))
      #expect(counts.overdue == count(.overdue))
      #expect(counts.replied == count(.replied))
      #expect(counts.closed == count(.closed))
      #expect(counts.toReview == count(.review))
      #expect(counts.urging == count(.overdue) { $0.overdue && $0.step == .urging })
      #expect(counts.supervision == count(.overdue) { $0.overdue && $0.step == .supervision })
      #expect(counts.report == count(.overdue) { $0.overdue && $0.step == .report })
    }
    let undelivered = try town.stories.filter { story in
      try model.history(of: story.id)?.events.contains { $0.type.hasSuffix(".undelivered.v1") } ?? false
    }
    #expect(try model.undelivered() == undelivered.count)

    func day(_ summary: CaseSummary) -> CalendarDate {
      TimeOffset.shanghai.date(of: summary.submission.received.instant)
    }
    let september = try #require(CalendarDate("2026-09-05"))...(try #require(CalendarDate("2026-09-15")))
    let rates = try model.rates(of: nil, received: september, scope: .all, at: now)
    #expect(rates.map { $0.owner?.id ?? "" } == Set(all.map { $0.owner?.id ?? "" }).sorted())
    for line in rates {
      let theirs = all.filter { $0.owner?.id == line.owner?.id }
      #expect(line.rates == Self.rates(of: theirs, reference))
    }
    #expect(try model.rates(received: september, at: now) == Self.rates(of: all, reference))
    let stations = try model.rates(of: .station, received: september, scope: .all, at: now)
    #expect(stations == rates.filter { $0.owner?.kind == .station })
    let own = try model.rates(of: nil, received: september, scope: .held(by: "deputy-2"), at: now)
    #expect(own == rates.filter { $0.owner?.id == "deputy-2" })
    let october = try #require(CalendarDate("2026-10-01"))
    #expect(try model.rates(of: nil, received: october...october, scope: .all, at: now).isEmpty)

    for count in try model.categories(received: september, at: now) {
      let theirs = all.filter { september.contains(day($0)) && $0.category == count.category }
      #expect(count.received == theirs.count && count.received > 0)
      #expect(count.open == theirs.filter { $0.phase == .open }.count)
      #expect(count.overdue == theirs.filter { reference.isOverdue($0) }.count)
    }
    let trend = try model.trend(days: ModelPicture.days, at: now)
    #expect(trend.count == 122)
    for line in trend {
      #expect(line.received == all.filter { day($0) == line.day }.count)
      #expect(
        line.answered
          == all.filter { $0.replied.map { TimeOffset.shanghai.date(of: $0.instant) } == line.day }.count)
      #expect(
        line.overdue == all.filter { ($0.overdue || reference.isOverdue($0)) && $0.deadline.due == line.day }.count)
    }
  }

  /// As their definitions say it.
  private static func rates(of cases: [CaseSummary], _ reference: ListReference) -> Rates {
    var rates = Rates()
    for summary in cases {
      let isAnswered = summary.replied != nil
      rates.received += 1
      if isAnswered { rates.answered += 1 }
      if isAnswered || reference.isOverdue(summary) { rates.due += 1 }
      if isAnswered && !summary.overdue { rates.inTime += 1 }
      if summary.phase == .closed {
        rates.closed += 1
        if summary.rating != .unsatisfied && !summary.isRefused && summary.reopened == 0 { rates.settled += 1 }
      }
      if summary.rating == .satisfied { rates.satisfied += 1 }
      if summary.rating == .fair { rates.fair += 1 }
      if summary.rating == .unsatisfied { rates.unsatisfied += 1 }
    }
    return rates
  }

  @Test func `rates are shares, and none where there is nothing to divide by`() {
    var rates = Rates()
    #expect(rates.response == nil && rates.resolution == nil && rates.satisfaction == nil)
    (rates.due, rates.inTime, rates.closed, rates.settled) = (8, 6, 4, 1)
    (rates.satisfied, rates.fair, rates.unsatisfied) = (3, 1, 1)
    #expect(rates.response == 0.75 && rates.resolution == 0.25 && rates.satisfaction == 0.8)
  }
}
