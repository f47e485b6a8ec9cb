package import Time

/// The rules of a case's life: what must happen by when, how often, and what follows if it doesn't.
///
/// What is left out of a policy is as in ``standard``. Fields are set one by one, in
/// `ReplyPolicy(version: "x") { $0.reply = .workingDays(5) }`, which checks them; whoever changes one later calls
/// ``check()``.
package struct ReplyPolicy: Hashable, Sendable {
  /// Names these rules: a case keeps the version that it was judged by.
  package var version = "reply-1"

  // MARK: Answering

  /// Until when an opinion must be answered, from its receipt.
  package var reply = Term.workingDays(7)
  /// The same for an opinion with signs of urgency; `nil`: no shorter than any other.
  package var urgent: Term?
  /// The same for opinions of a first-level category, shorter or longer than ``reply``.
  package var categories: [String: Term] = [:]
  /// Until when its owner must sign for it, from the assignment; `nil`: nobody asks.
  package var sign: Term? = .workingDays(1)
  /// How many working days before the last day the reminder comes; 0 is on the last day.
  package var reminderWorkingDaysBefore = 2
  /// Since 00:00 Asia/Shanghai, in whole minutes.
  package var reminderTime = Duration.seconds(9 * 3600)

  // MARK: After the expiry

  /// How many working days after the last day the station is called on to supervise (督办); `nil`: it is not.
  package var supervision: Int? = 3
  /// The same for the report (通报).
  package var report: Int? = 5
  /// The same for the escalation to the parent (提级).
  package var escalation: Int? = 5

  // MARK: More time

  /// How many working days one extension may add.
  package var extensionLongest = 7
  /// How often a case may be extended.
  package var extensions = 1
  /// How many working days a case may stand still; `nil`: it may not.
  package var pause: Int?

  // MARK: Matters that take longer

  /// Until when the answer of a people's congress of a higher level has to come back.
  package var carried = Term.months(3)
  /// Until when a deputy's formal suggestion (代表建议) must be answered.
  package var suggestion = Term.months(3)
  /// The same with all extensions, from the receipt.
  package var suggestionLongest = Term.months(6)
  /// Until when a department must answer a deputy who wasn't satisfied.
  package var followUp = Term.months(1)

  // MARK: The citizen's word

  /// How many days a citizen has to rate an answer that has arrived; 0: the case closes at once.
  package var ratingDays = 7
  /// How often a case may be taken up again.
  package var reopens = 2
  /// A citizen who isn't satisfied has the case taken up again, as long as ``reopens`` allows.
  package var unsatisfiedReopens = true
  /// How many working days an answer may be on its way to the citizen before they count as not reached.
  package var deliveryWorkingDays = 3

  // MARK: Looking again (回头看)

  /// How many days after it was closed; `nil`: never.
  package var reviewDays: Int? = 30
  /// How many of a thousand closed cases.
  package var reviewShare = 100
  /// Decides which they are.
  package var reviewSeed: UInt64 = 1

  // MARK: Who decides

  /// How often a matter may be returned before the county station decides who owns it.
  package var returns = 2
  /// How many matters a year may be supervised by a named leader (重点督办).
  package var keySupervisions = 20
  /// A command must say who sent it and in which role; else a gateway's word is trusted.
  package var requiresActor = false

  /// Seven working days, as the stations promise (7个工作日), urgent or not: to promise more is the operator's.
  package static let standard = ReplyPolicy()

  private init() {}

  /// ``standard`` with changes.
  package init(version: String, _ change: (inout ReplyPolicy) -> Void) throws(InvalidField) {
    self = .standard
    self.version = version
    change(&self)
    try check()
  }

  /// ``standard`` with changes, for one that counts in working days alone.
  package init(
    version: String,
    replyWorkingDays: Int? = nil,
    urgentWorkingDays: Int? = nil,
    reminderWorkingDaysBefore: Int = standard.reminderWorkingDaysBefore,
    reminderTime: Duration = standard.reminderTime,
    deliveryWorkingDays: Int = standard.deliveryWorkingDays
  ) throws(InvalidField) {
    try self.init(version: version) {
      if let replyWorkingDays { $0.reply = .workingDays(replyWorkingDays) }
      $0.urgent = urgentWorkingDays.map(Term.workingDays)
      $0.reminderWorkingDaysBefore = reminderWorkingDaysBefore
      $0.reminderTime = reminderTime
      $0.deliveryWorkingDays = deliveryWorkingDays
    }
  }

  /// Until when an opinion must be answered: the shorter of what is granted for urgency and for its category, else
  /// ``reply``.
  package func term(urgent isUrgent: Bool, category: String?) -> Term {
    [isUrgent ? urgent : nil, category.flatMap { categories[$0] }].compactMap { $0 }.min() ?? reply
  }

  /// When the owner is to be reminded of `end`; `nil` if that isn't later than the start, and for hours. In a short term
  /// it comes on the second day at the earliest.
  package func reminder(
    for end: TermEnd, of term: Term, from start: Instant, in calendar: WorkingCalendar,
    closedDays: Set<CalendarDate> = []
  ) -> Instant? {
    if term.isHours { return nil }
    let days = calendar.workingDays(
      after: TimeOffset.shanghai.date(of: start), through: end.lastDay, closedDays: closedDays)
    let day = calendar.workingDay(
      min(reminderWorkingDaysBefore, max(0, days - 1)), before: end.lastDay, closedDays: closedDays)
    let reminder = TimeOffset.shanghai.instant(of: day, at: reminderTime)
    return reminder > start ? reminder : nil
  }
}
