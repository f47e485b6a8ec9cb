import Cases
import Time

/// What an event says that words can fill in.
struct EventFacts: Hashable {
  enum Value: Hashable {
    case text(String)
    case date(CalendarDate)
  }

  private var values: [Placeholder: Value] = [:]

  init() {}

  /// Of an answer whose event is no longer at hand.
  init(_ stored: [String: String]) {
    for (name, text) in stored {
      if let placeholder = Placeholder(rawValue: name) { values[placeholder] = .text(text) }
    }
  }

  init(_ event: CaseEvent) {
    switch event {
    case .assigned(let assignment):
      set(.reason, assignment.reason)
      // Not yet whoever answers for it.
      set(.owner, assignment.owner.name)
    case .signed(let signed): set(.by, signed.by)
    case .signOverdue(let missed):
      set(.until, missed.due)
      set(.owner, missed.owner.name)
    case .reviewDue(let due): set(.until, due.due)
    case .returned(let returned):
      told(returned.by, returned.reason)
      set(.from, returned.from.name)
      set(.times, String(returned.count))
    case .transferred(let transferred):
      told(transferred.by, transferred.reason)
      set(.from, transferred.from.name)
    case .escalated(let escalated):
      told(escalated.by, escalated.reason)
      set(.from, escalated.from.name)
    case .coHandled(let shared): told(shared.by, shared.reason)
    case .extensionDenied(let denied): told(denied.by, denied.reason)
    case .supervised(let supervised):
      told(supervised.by, supervised.reason)
      set(.leader, supervised.leader)
    case .supervisionRequested(let asked):
      told(asked.by, asked.reason)
      set(.leader, asked.leader)
    case .supervisionDenied(let denied):
      told(nil, denied.reason)
      set(.leader, denied.leader)
    case .extensionRequested(let asked):
      told(asked.by, asked.reason)
      set(.days, String(asked.workingDays))
    case .deadlineChanged(let change):
      told(nil, change.reason)
      moved(change.from, change.to)
    case .extended(let revised), .resumed(let revised), .raised(let revised):
      told(revised.by, revised.reason)
      moved(revised.from, revised.to)
    case .paused(let paused):
      told(paused.by, paused.reason)
      set(.until, TimeOffset.shanghai.date(of: paused.until.instant))
    case .merged(let merged):
      told(merged.by, merged.reason)
      set(.other, merged.into.text)
    case .unmerged(let parted):
      told(parted.by, parted.reason)
      set(.other, parted.from.text)
    case .replied(let replied):
      set(.by, replied.reply.by)
      set(.reply, replied.reply.text)
    case .refused(let refused): told(refused.refusal.by, refused.refusal.reason)
    case .rated(let rated): set(.satisfaction, rated.satisfaction.words)
    case .reviewed(let reviewed): set(.by, reviewed.by)
    case .reopened(let reopened):
      told(reopened.by, reopened.reason)
      set(.times, String(reopened.count))
    case .opened, .classified, .reminded, .overdue, .overdueWithdrawn, .reported, .delivered, .undelivered, .joined,
      .parted, .mergeDeclined, .supplemented, .similarFound, .closed, .erased, .disclosed, .refusedCommand:
      break
    }
  }

  func has(_ placeholder: Placeholder) -> Bool { values[placeholder] != nil }

  mutating func set(_ placeholder: Placeholder, _ text: String?) {
    values[placeholder] = text.map { .text($0) }
  }

  mutating func set(_ placeholder: Placeholder, _ date: CalendarDate?) {
    values[placeholder] = date.map { .date($0) }
  }

  private mutating func told(_ by: String?, _ reason: String?) {
    set(.by, by)
    set(.reason, reason)
  }

  private mutating func moved(_ from: CaseEvent.ReplyDeadline, _ to: CaseEvent.ReplyDeadline) {
    set(.from, from.due)
    set(.to, to.due)
  }

  /// What must be kept to say it again over another channel.
  var stored: [String: String] {
    var stored: [String: String] = [:]
    for (placeholder, value) in values { if case .text(let text) = value { stored[placeholder.rawValue] = text } }
    return stored
  }

  func text(_ placeholder: Placeholder, english isEnglish: Bool) -> String? {
    switch values[placeholder] {
    case .text(let text): text
    case .date(let date) where isEnglish: date.description
    case .date(let date):
      "\(date.yearMonthDay.year)年\(date.yearMonthDay.month)月\(date.yearMonthDay.day)日"
    case nil: nil
    }
  }
}

extension CaseCommand.Rate.Satisfaction {
  fileprivate var words: String {
    switch self {
    case .satisfied: "满意"
    case .fair: "基本满意"
    case .unsatisfied: "不满意"
    }
  }
}
