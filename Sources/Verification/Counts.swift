/// What a log holds, as far as it was checked.
package struct Counts: Hashable, Codable, Sendable {
  /// Records of `opinions`; each is one of the five kinds that follow.
  package var opinions = 0
  /// In a case.
  package var accepted = 0
  /// Sent again; nothing happened.
  package var duplicates = 0
  /// A dead letter, at whichever stage.
  package var deadLettered = 0
  /// Between two stages, or waiting for something.
  package var inFlight = 0
  package var lost = 0

  package var cases = 0
  package var open = 0
  package var replied = 0
  package var closed = 0

  package var events = 0
  /// Refusals among them: they are answers, too.
  package var replies = 0
  package var delivered = 0
  package var undelivered = 0
  package var refusedCommands = 0
  package var reminders = 0
  package var overdue = 0
  package var overdueWithdrawn = 0
  package var deadlinesChanged = 0
  /// Cases whose deadline may yet move, since some day of it lies in a year without a plan.
  package var provisionalDeadlines = 0
  /// Deadlines worked out by another calendar than that of whoever checks.
  package var uncheckedDeadlines = 0
  /// Steps of the ladder after expiry that another policy set, or one that whoever checks doesn't know.
  package var uncheckedSteps = 0

  package var commands = 0
  /// Commands that wait for their case, or behind a parked one.
  package var waitingCommands = 0
  /// Commands whose effect can't be told any more, since older ones of their case were deleted by age.
  package var uncheckedCommands = 0
  package var answers = 0
  package var notices = 0
  /// Replies whose answer isn't told yet.
  package var answersToCome = 0
  /// Replies whose answer was deleted by age.
  package var answersExpired = 0

  package var forwarded = 0
  package var toForward = 0
  package var parkedKeys = 0
  package var deadLettersOpen = 0
  package var deadLettersSettled = 0

  package init() {}

  /// The counts under their names, in the order of the report.
  package var lines: [(name: String, count: Int)] {
    [
      ("opinions", opinions), ("  accepted", accepted), ("  duplicates", duplicates),
      ("  dead letters", deadLettered), ("  in flight", inFlight), ("  lost", lost),
      ("cases", cases), ("  open", open), ("  replied to", replied), ("  closed", closed),
      ("events", events), ("  replies", replies), ("  delivered", delivered), ("  undelivered", undelivered),
      ("  refused commands", refusedCommands), ("  reminders", reminders), ("  overdue", overdue),
      ("  overdue withdrawn", overdueWithdrawn), ("  deadlines changed", deadlinesChanged),
      ("deadlines provisional", provisionalDeadlines), ("deadlines of another calendar", uncheckedDeadlines),
      ("steps of another policy", uncheckedSteps),
      ("commands", commands), ("  waiting", waitingCommands), ("  not to be told", uncheckedCommands),
      ("answers", answers), ("  to come", answersToCome), ("  deleted by age", answersExpired), ("notices", notices),
      ("forwarded", forwarded), ("to be forwarded", toForward), ("parked keys", parkedKeys),
      ("dead letters open", deadLettersOpen), ("dead letters settled", deadLettersSettled),
    ]
  }
}
