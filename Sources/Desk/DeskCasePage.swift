import Cases
import Monitoring
import Time
import WebPages

/// What the template `desk-case` is filled with.
struct DeskCasePage {
  struct Fact {
    let label: String
    let value: String
    var note: String?
    var isLate = false
  }

  /// How many of the latest events are shown.
  private static let latest = 12

  let frame: PageFrame
  let w: DeskWords
  let outcome: Outcome?
  let trouble: String?
  let facts: [Fact]
  let texts: [CaseTexts.Text]
  /// Where personal data is asked for; `nil` for those who may not.
  let citizen: String?
  let forms: [FilledForm]
  let hasNoForms: Bool
  let history: [EventLine]
  let wholeAddress: String

  init(
    _ language: Language, _ person: PageFrame.Person, version: Int?, _ caseHistory: CaseHistory,
    texts: [CaseTexts.Text],
    outcome: Outcome?, forms: [FilledForm], mayDisclose: Bool, trouble: String?, helpers: [String], at now: Instant,
    calendar: WorkingCalendar
  ) {
    let words = DeskWords(language)
    let summary = caseHistory.summary
    w = words
    let number = summary.number ?? summary.id.text
    frame = PageFrame(
      language, heading: "\(words.caseTitle) \(number)", here: .desk, person: person, asOf: now.forReading,
      isLive: true, version: version)
    self.outcome = outcome
    self.trouble = trouble
    self.texts = texts
    self.forms = forms
    hasNoForms = forms.isEmpty
    citizen = mayDisclose ? "/desk/cases/\(summary.id)/citizen" : nil
    wholeAddress = "/cases/\(summary.id)"
    history = caseHistory.events.suffix(Self.latest).reversed().map {
      EventLine($0, isErased: summary.isErased, in: language)
    }
    let isOverdue = summary.phase == .open && (summary.overdue || summary.deadline.expires.instant <= now)
    let category = [summary.category, summary.subcategory].compactMap(\.self).joined(separator: " › ")
    let distance =
      summary.phase == .open && summary.stage != .paused
      ? words.distance(to: summary.deadline.due, isOverdue: isOverdue, at: now, calendar) : nil
    let notes = [distance, summary.deadline.provisional ? words.provisional : nil].compactMap(\.self)
    var facts = [
      Fact(label: words.number, value: number, note: summary.number == nil ? nil : summary.id.text),
      Fact(label: words.stage, value: words.name(of: summary.stage)),
      Fact(
        label: words.due, value: summary.deadline.due.description,
        note: notes.isEmpty ? nil : notes.joined(separator: " · "), isLate: isOverdue),
      Fact(label: words.received, value: summary.submission.received.instant.forReading),
      Fact(label: words.category, value: category.isEmpty ? words.noCategory : category, note: summary.doubt?.reason),
    ]
    func add(_ label: String, _ value: String?) {
      if let value, !value.isEmpty { facts.append(Fact(label: label, value: value)) }
    }
    add(words.owner, summary.owner?.name)
    add(words.offered, summary.offered?.name)
    add(words.supervisor, summary.supervisor?.name)
    add(words.helpers, helpers.joined(separator: "、"))
    add(words.place, summary.submission.statement.address)
    add(
      words.keySupervisions,
      summary.keySupervision.map { [$0.leader, $0.number.map { "#\($0)" }].compactMap(\.self).joined(separator: " ") })
    self.facts = facts
  }
}
