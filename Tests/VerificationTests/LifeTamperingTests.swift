import Cases
import EventLog
import Streams
import Testing
import Time
import Verification

/// Each test breaks one thing in the log of whole lives; just the invariant that guards it must say so.
struct LifeTamperingTests {
  private let good: Contents

  init() throws {
    good = try Story.livedLog()
  }

  private func verify(_ contents: Contents, policy: ReplyPolicy? = Story.policy) throws -> VerificationReport {
    try Verifier(try contents.log(), calendar: .builtIn, policy: policy).run()
  }

  private func expect(
    _ invariant: Invariant, in caseID: String, _ contents: Contents, _ sentence: String? = nil,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let report = try verify(contents)
    #expect(report.broken.keys.sorted() == [invariant.rawValue], sourceLocation: location)
    #expect(Set(report.violations.map(\.caseID)) == [caseID], sourceLocation: location)
    if let sentence { #expect(report.violations.map(\.sentence).contains(sentence), sourceLocation: location) }
  }

  /// Changes the first event of that name where it stands.
  private func altering(
    _ caseID: String, _ name: String, in contents: Contents? = nil,
    _ change: (inout CloudEvent, inout CaseEvent) -> Void
  ) throws -> Contents {
    var contents = contents ?? good
    let index = try #require(
      contents.entries.firstIndex {
        $0.topic == "cases" && $0.key == caseID && $0.envelope?.type == "cn.huiyin.case.\(name).v1"
      })
    var envelope = try CloudEvent(contents.entries[index].record)
    var event = try CaseEvent(type: envelope.type, data: envelope.data)
    change(&envelope, &event)
    envelope.type = event.type
    envelope.data = event.data
    contents.entries[index].record = envelope.record(key: contents.entries[index].record.key)
    return contents
  }

  private func removing(_ isWanted: (Contents.Entry) -> Bool) -> Contents {
    var contents = good
    let before = contents.entries.count
    contents.entries.removeAll(where: isWanted)
    #expect(contents.entries.count < before)
    return contents
  }

  private func isCommand(_ entry: Contents.Entry, _ kind: CaseCommand.Kind, _ caseID: String) -> Bool {
    entry.topic == "commands" && entry.key == caseID && entry.envelope?.type == kind.type
  }

  @Test func `a log of whole lives is clean`() throws {
    let report = try verify(good)
    #expect(report.violations == [])
    #expect(report.counts.cases == 10)
    #expect(report.counts.uncheckedSteps == 0)
    #expect(report.counts.uncheckedDeadlines == 0)
  }

  // MARK: Nothing lost

  @Test(arguments: [
    ("lead", "signed"), ("follower", "merged"), ("lead", "joined"), ("follower", "replied"),
    ("long", "extension-requested"), ("long", "extended"), ("long", "paused"), ("long", "resumed"), ("again", "rated"),
    ("gone", "erased"), ("key", "supervision-requested"), ("key", "supervised"), ("turned", "refused"),
    ("busy", "returned"), ("busy", "transferred"), ("busy", "co-handled"), ("busy", "escalated"), ("busy", "raised"),
  ])
  func `a command whose effect is missing is told`(caseID: String, event: String) throws {
    let reference = OpinionReference(source: "//test", id: "none")
    let contents = try altering(caseID, event) {
      $1 = .refusedCommand(CaseEvent.RefusedCommand(command: reference, type: "t", reason: "r"))
    }
    let violations = try verify(contents).violations
    #expect(
      violations.contains {
        $0.caseID == caseID && $0.sentence == "track took this command in, and nothing came of it"
      })
  }

  @Test(arguments: [(CaseCommand.Kind.recordMerged, "lead", "follower"), (.reply, "follower", "lead")])
  func `what one case was not told of another is noticed`(
    kind: CaseCommand.Kind, to caseID: String, from other: String
  ) throws {
    let contents = removing { isCommand($0, kind, caseID) && $0.envelope?.source == Sources.relay }
    try expect(.nothingLost, in: other, contents, "relay took this record in, and sent nothing on")
  }

  @Test func `a key supervision that was asked for and never decided is noticed`() throws {
    try expect(
      .nothingLost, in: "key", removing { isCommand($0, .grantSupervision, "key") },
      "quota took this record in, and sent nothing on")
    let unasked = try verify(removing { $0.topic == "quotas" })
    #expect(unasked.violations.map(\.sentence) == ["relay took this record in, and sent nothing on"])
  }

  // MARK: The table

  @Test func `what the table of a life does not allow is noticed`() throws {
    let until = try Story.time("2026-03-10T00:00:00+08:00")
    let contents = try altering("turned", "classified") {
      $1 = .paused(CaseEvent.Paused(by: "张主任", reason: "等", until: until))
    }
    try expect(.lifeByTheTable, in: "turned", contents, "paused (event 2): nobody has signed for it yet")
  }

  @Test func `one who signs for what was offered to another is noticed`() throws {
    let contents = try altering("long", "signed") { _, event in
      guard case .signed(var signed) = event else { return }
      signed.owner.id = "thief"
      event = .signed(signed)
    }
    try expect(.lifeByTheTable, in: "long", contents)
  }

  // MARK: In hand

  @Test func `a paused case that nothing will wake is noticed`() throws {
    let contents = removing { $0.topic == "track-changelog" && $0.key.hasSuffix("still") }
    try expect(.openCaseInHand, in: "still", contents, "it is paused, and no timer is set for its going on")
  }

  // MARK: Closing

  @Test func `a case that is taken up again without an answer is noticed`() throws {
    let contents = try altering("turned", "classified") {
      guard case .opened(let opened)? = try? opening("turned") else { return }
      var deadline = opened.deadline
      deadline.generation = 2
      $1 = .reopened(CaseEvent.Reopened(by: "张主任", reason: "错", count: 1, deadline: deadline))
    }
    try expect(.closedOnlyWhenAnswered, in: "turned", contents)
  }

  private func opening(_ caseID: String) throws -> CaseEvent {
    let envelope = try CloudEvent(good.entries[try good.index("cases", caseID, "opened")].record)
    return try CaseEvent(type: envelope.type, data: envelope.data)
  }

  @Test func `a case that is looked at again before it is closed is noticed`() throws {
    let contents = try altering("turned", "classified") {
      $1 = .reviewed(CaseEvent.Reviewed(by: "总站", upheld: true))
    }
    try expect(.closedOnlyWhenAnswered, in: "turned", contents)
  }

  @Test func `a channel that failed, and was not the last, closes nothing`() throws {
    let contents = try altering("again", "delivered", in: removing { isCommand($0, .recordDelivery, "again") }) {
      _, event in
      guard case .delivered(var delivery) = event else { return }
      (delivery.final, delivery.reason) = (false, "退订")
      event = .undelivered(delivery)
    }
    // Its first answer was settled by that alone: what follows is of the second.
    #expect(try verify(contents).violations == [])
    let second = try altering("lead", "delivered", in: removing { isCommand($0, .recordDelivery, "lead") }) {
      _, event in
      guard case .delivered(var delivery) = event else { return }
      (delivery.final, delivery.reason) = (false, "退订")
      event = .undelivered(delivery)
    }
    try expect(.closedOnlyWhenAnswered, in: "lead", second)
  }

  // MARK: What falls due

  @Test func `a step of the ladder that is said twice is noticed`() throws {
    let index = try good.index("cases", "quiet", "supervised")
    let supervised = try CloudEvent(good.entries[index].record)
    let contents = try altering("quiet", "reminded") { envelope, event in
      envelope.time = supervised.time
      guard case .reminded(let said) = event else { return }
      event = .supervised(CaseEvent.Supervised(step: .ladder, deadline: said))
    }
    try expect(.deadlineEventsOnce, in: "quiet", contents)
  }

  @Test func `a late signature of an offer that is none is noticed`() throws {
    let contents = try altering("quiet", "sign-overdue") { _, event in
      guard case .signOverdue(var sign) = event else { return }
      sign.generation = 2
      event = .signOverdue(sign)
    }
    try expect(.deadlineEventsOnce, in: "quiet", contents)
  }

  @Test func `a reminder of a deadline that stands still is noticed`() throws {
    guard case .opened(let opened) = try opening("still") else { return }
    let at = try Story.time("2026-03-17T11:00:00+08:00")
    let said = CaseEvent.DeadlineEvent(due: opened.deadline.due, generation: 1, firedAt: at, lateBy: 0)
    let contents = try altering("still", "refused-command", in: removing { isCommand($0, .return, "still") }) {
      $1 = .reminded(said)
    }
    try expect(.deadlineEventsOnce, in: "still", contents)
  }

  // MARK: Deadlines

  @Test func `a step of the ladder on another day is noticed by whoever knows the policy`() throws {
    let contents = try altering("quiet", "supervised") { envelope, _ in
      envelope.time = envelope.time.map { GivenTime($0.instant + .seconds(86_400)) }
    }
    try expect(.deadlinesRight, in: "quiet", contents)
    let report = try verify(contents, policy: nil)
    #expect(report.violations == [])
    #expect(report.counts.uncheckedSteps == 3)
  }

  @Test func `a pause that does not count exactly is noticed`() throws {
    let contents = try altering("long", "resumed") { _, event in
      guard case .resumed(var resumed) = event else { return }
      resumed.to.due = resumed.to.due.advanced(byDays: 1)
      resumed.to.expires = GivenTime(resumed.to.expires.instant + .seconds(86_400))
      event = .resumed(resumed)
    }
    try expect(.deadlinesRight, in: "long", contents)
  }

  @Test func `a fresh deadline that is not the calendar's is noticed`() throws {
    let contents = try altering("again", "reopened") { _, event in
      guard case .reopened(var reopened) = event else { return }
      reopened.deadline.due = reopened.deadline.due.advanced(byDays: 1)
      reopened.deadline.expires = GivenTime(reopened.deadline.expires.instant + .seconds(86_400))
      event = .reopened(reopened)
    }
    try expect(.deadlinesRight, in: "again", contents)
  }

  @Test func `a formal suggestion whose months end on another day is noticed`() throws {
    let contents = try altering("busy", "raised") { _, event in
      guard case .raised(var raised) = event else { return }
      raised.to.due = raised.to.due.advanced(byDays: 1)
      raised.to.expires = GivenTime(raised.to.expires.instant + .seconds(86_400))
      raised.to.workingDays += 1
      event = .raised(raised)
    }
    try expect(.deadlinesRight, in: "busy", contents)
  }

  // MARK: Personal data

  @Test func `a citizen who was to be forgotten and still stands in citizens is noticed`() throws {
    var contents = good
    let first = try #require(contents.entries.firstIndex { $0.topic == "citizens" && $0.key == "gone" })
    let known = contents.entries[first]
    contents.entries.removeAll { $0.topic == "citizens" && $0.key == "gone" }
    contents.entries.insert(known, at: first)
    try expect(.nothingPersonal, in: "gone", contents, "its citizen was to be forgotten, and stands in citizens")
  }

  @Test func `what somebody wrote who was forgotten is not kept`() throws {
    let contents = try altering("gone", "supplemented") { _, event in
      guard case .supplemented(var submission) = event else { return }
      submission.statement.text = "路灯又坏了"
      event = .supplemented(submission)
    }
    try expect(.nothingPersonal, in: "gone", contents)
  }
}
