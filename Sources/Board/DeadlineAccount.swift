import Cases
import Monitoring
import Time
import WebPages

/// How a case came by its deadline.
struct DeadlineAccount {
  struct Step {
    let at: String
    let what: String
    let detail: String
  }

  /// The term and where it starts, in words.
  let rule: String
  let calendar: String
  let policy: String
  /// The days off between its start and its end; `nil` where they aren't known, or count.
  let daysOff: String?
  /// What changed it, in order.
  let steps: [Step]

  init(_ words: Words, _ caseWords: CaseWords, _ history: CaseHistory, _ calendar: WorkingCalendar) {
    let summary = history.summary
    let deadline = summary.deadline
    let start = deadline.from ?? summary.submission.received
    let term = deadline.term ?? .workingDays(deadline.workingDays)
    rule = caseWords.rule(term, start: start.instant.forReading)
    self.calendar = deadline.calendar
    policy = deadline.policy
    daysOff = Self.daysOff(caseWords, deadline, term, from: TimeOffset.shanghai.date(of: start.instant), calendar)
    steps = history.events.compactMap { event in
      guard let known = event.event, let detail = Self.detail(of: known, words, caseWords) else { return nil }
      return Step(
        at: event.time?.instant.forReading ?? "", what: words.name(ofEvent: event.type), detail: detail)
    }
  }

  /// Only by the calendar that the deadline was worked out by.
  private static func daysOff(
    _ words: CaseWords, _ deadline: CaseEvent.ReplyDeadline, _ term: Term, from start: CalendarDate,
    _ calendar: WorkingCalendar
  ) -> String? {
    guard case .workingDays = term, calendar.version == deadline.calendar,
      (1...longest).contains(deadline.due.dayNumber - start.dayNumber)
    else { return nil }
    var ranges: [ClosedRange<CalendarDate>] = []
    for number in (start.dayNumber + 1)...deadline.due.dayNumber {
      let day = CalendarDate(dayNumber: number)
      guard !calendar.isWorkingDay(day) else { continue }
      if let last = ranges.last, last.upperBound.advanced(byDays: 1) == day {
        ranges[ranges.count - 1] = last.lowerBound...day
      } else {
        ranges.append(day...day)
      }
    }
    if ranges.isEmpty { return nil }
    let days = ranges.reduce(0) { $0 + $1.upperBound.dayNumber - $1.lowerBound.dayNumber + 1 }
    let list = ranges.map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) – \($0.upperBound)"
    }
    return words.daysOff(days, list)
  }

  private static let longest = 400

  private static func detail(of event: CaseEvent, _ words: Words, _ caseWords: CaseWords) -> String? {
    func moved(_ from: CaseEvent.ReplyDeadline, _ to: CaseEvent.ReplyDeadline, _ notes: String?...) -> String {
      let notes = notes.compactMap(\.self).filter { !$0.isEmpty }
      return (["\(from.due) → \(to.due)"] + notes + [CasePage.rules(to, words)]).joined(separator: " · ")
    }
    return switch event {
    case .opened(let data): "\(words.due) \(data.deadline.due) · \(CasePage.rules(data.deadline, words))"
    case .deadlineChanged(let data): moved(data.from, data.to, data.reason ?? caseWords.rulesChanged)
    case .raised(let data), .extended(let data), .resumed(let data): moved(data.from, data.to, data.by, data.reason)
    case .paused(let data): "\(data.by) · \(data.reason) · \(caseWords.until) \(data.until.instant.forReading)"
    case .reopened(let data): "\(words.due) \(data.deadline.due) · \(data.by) · \(data.reason)"
    default: nil
    }
  }
}
