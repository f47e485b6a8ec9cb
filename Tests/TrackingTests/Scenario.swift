import SeededRandom
import Cases
import Streams
import Time

/// A few cases with their commands, made by chance from a seed, and what must become of them however they are read.
struct Scenario {
  struct Step {
    var id: String
    var key: String
    var command: CaseCommand
    var at: GivenTime
    var isOpening: Bool { if case .open = command { true } else { false } }
  }

  /// What every order of reading must end in.
  struct Facts: Hashable {
    var due: CalendarDate
    var replied: Instant?
    var workingDays: Int?
    var overdue: Bool
    var isClosed: Bool
  }

  private(set) var steps: [Step] = []
  private(set) var expected: [String: Facts] = [:]
  /// Cases of which only replies are known.
  private(set) var orphans: Set<String> = []

  init(_ chance: inout SeededGenerator) {
    for number in 1...Int.random(in: 3...6, using: &chance) {
      let key = "case-\(number)"
      let received = Self.moment(after: time("2025-12-01T00:00").instant, days: 60, &chance)
      addOpinion(key, key, received)
      if Bool.random(using: &chance) {
        addOpinion(key, key + "-more", Self.moment(after: received.instant, days: 5, &chance))
      }
      var replies: [GivenTime] = []
      for _ in 0..<Int.random(in: 0...3, using: &chance) {
        replies.append(Self.moment(after: received.instant, days: 16, &chance))
      }
      for (index, at) in replies.enumerated() { addReply(key, "\(key)-reply-\(index)", at) }
      if Bool.random(using: &chance) { addReply(key, key + "-before", GivenTime(received.instant - .seconds(1))) }
      if Bool.random(using: &chance) { addReply(key, key + "-future", time("2090-01-01T00:00")) }
      expected[key] = Self.facts(received: received.instant, replies: replies.map(\.instant))
    }
    for number in 1...2 {
      let key = "orphan-\(number)"
      orphans.insert(key)
      addReply(key, key + "-reply", time("2026-01-05T10:00"))
    }
  }

  /// In an order made by chance, with copies, yet a case's first opinion before its others.
  func shuffled(_ chance: inout SeededGenerator) -> [Step] {
    var order = (steps + steps.filter { _ in Int.random(in: 0..<4, using: &chance) == 0 }).shuffled(using: &chance)
    for key in expected.keys {
      let places = order.indices.filter { order[$0].key == key && order[$0].isOpening }
      let sorted = places.map { order[$0] }.sorted { $0.id.utf8.count < $1.id.utf8.count }
      for (place, step) in zip(places, sorted) { order[place] = step }
    }
    return order
  }

  /// Worked out by the words of the rules, not by the events.
  private static func facts(received: Instant, replies: [Instant]) -> Facts {
    let calendar = WorkingCalendar.builtIn
    let deadline = calendar.deadline(received: received, workingDays: 7)
    let first = replies.min()
    let days = first.map {
      calendar.workingDays(after: TimeOffset.shanghai.date(of: received), through: TimeOffset.shanghai.date(of: $0))
    }
    let endOfLastDay = TimeOffset.shanghai.instant(of: deadline.lastDay.advanced(byDays: 1))
    return Facts(
      due: deadline.lastDay, replied: first, workingDays: days, overdue: first.map { $0 >= endOfLastDay } ?? true,
      isClosed: first != nil)
  }

  private mutating func addOpinion(_ key: String, _ id: String, _ received: GivenTime) {
    let command = Samples.open(id, received: received, recorded: received.instant)
    steps.append(Step(id: id + ".0", key: key, command: command, at: received))
  }

  private mutating func addReply(_ key: String, _ id: String, _ at: GivenTime) {
    steps.append(Step(id: id, key: key, command: Samples.reply(), at: at))
  }

  /// Often just on a boundary of days.
  private static func moment(after start: Instant, days: Int, _ chance: inout SeededGenerator) -> GivenTime {
    let random = start + .seconds(Int.random(in: 1...days * 86400, using: &chance))
    guard Int.random(in: 0..<4, using: &chance) == 0 else { return GivenTime(random) }
    let day = TimeOffset.shanghai.date(of: random).advanced(byDays: 1)
    let midnight = TimeOffset.shanghai.instant(of: day)
    return GivenTime(Bool.random(using: &chance) ? midnight : midnight - .milliseconds(1))
  }
}
