import Cases
import EventLog
import Streams
import Testing
import Time
import Verification

/// Each test breaks one thing in a good log; just the invariant that guards it must say so.
struct TamperingTests {
  private let good: Contents

  init() throws {
    good = try Story.goodLog()
  }

  private func verify(_ contents: Contents) throws -> VerificationReport {
    try Verifier(try contents.log(), calendar: .builtIn).run()
  }

  /// - Returns: the violations, after a check that they are all of that invariant.
  @discardableResult
  private func expect(
    _ invariant: Invariant, in caseID: String? = nil, _ contents: Contents, location: SourceLocation = #_sourceLocation
  ) throws -> [Violation] {
    let report = try verify(contents)
    #expect(report.broken.keys.sorted() == [invariant.rawValue], sourceLocation: location)
    if let caseID {
      #expect(Set(report.violations.map(\.caseID)) == [caseID], sourceLocation: location)
    }
    return report.violations
  }

  /// Changes an event where it stands.
  private func altering(
    _ caseID: String, _ name: String, _ change: (inout CloudEvent, inout CaseEvent) -> Void
  ) throws -> Contents {
    var contents = good
    let index = try contents.index("cases", caseID, name)
    var envelope = try CloudEvent(contents.entries[index].record)
    var event = try CaseEvent(type: envelope.type, data: envelope.data)
    change(&envelope, &event)
    envelope.type = event.type
    envelope.data = event.data
    contents.entries[index].record = envelope.record(key: contents.entries[index].record.key)
    return contents
  }

  private var refusal: CaseEvent {
    let command = OpinionReference(source: "//test", id: "none")
    return .refusedCommand(CaseEvent.RefusedCommand(command: command, type: "t", reason: "r"))
  }

  @Test func `a log of the pipeline is clean, and its counts add up`() throws {
    let report = try verify(good)
    #expect(report.violations == [])
    let counts = report.counts
    #expect(counts.opinions == 9)
    #expect(counts.accepted == 8)
    #expect(counts.duplicates == 1)
    #expect(counts.cases == 7)
    #expect(counts.closed == 2)
    #expect(counts.open == 4)
    #expect(counts.replies == 3)
    #expect(counts.answers == 3)
    #expect(counts.undelivered == 1)
    #expect(counts.refusedCommands == 1)
    #expect(counts.overdue == 2)
    #expect(counts.inFlight == 0)
    #expect(counts.uncheckedDeadlines == 0)
  }

  // MARK: Nothing lost

  @Test func `an opinion that classify swallowed is lost`() throws {
    var contents = good
    let index = try contents.index("opinions", "waiting", "submitted")
    var entry = contents.entries[index]
    entry.record = Story.opinion("other", at: try Story.time("2026-03-18T10:00:00+08:00")).record(key: nil)
    contents.entries.insert(entry, at: index)
    let violations = try expect(.nothingLost, in: "other", contents)
    #expect(violations.map(\.sentence) == ["classify took this opinion in, and nothing came of it"])
    #expect(try verify(contents).counts.lost == 1)
  }

  @Test func `an opinion that route swallowed is lost`() throws {
    var contents = good
    contents.remove(try contents.index("cases", "added", "supplemented"))
    contents.entries.removeAll { $0.topic == "commands" && $0.key == "added" && $0.time == "2026-03-19T10:00:00+08:00" }
    let violations = try expect(.nothingLost, in: "added", contents)
    #expect(violations.map(\.sentence) == ["route took this opinion in, and nothing came of it"])
  }

  @Test func `an opinion that track swallowed is lost`() throws {
    var contents = good
    contents.remove(try contents.index("cases", "added", "supplemented"))
    let violations = try expect(.nothingLost, in: "added", contents)
    #expect(violations.map(\.sentence) == ["track took this opinion in, and nothing came of it"])
  }

  @Test func `a command that track swallowed is lost`() throws {
    var contents = good
    try contents.replace(try contents.index("cases", "refused", "refused-command"), by: refusal)
    try expect(.nothingLost, in: "refused", contents)
  }

  @Test func `an opinion in two cases is one too many`() throws {
    let contents = try altering("added", "supplemented") { _, event in
      guard case .supplemented(var submission) = event else { return }
      submission.opinion = OpinionReference(source: "//test", id: "o-late")
      event = .supplemented(submission)
    }
    // The opinion that it stood for is in none.
    let violations = try expect(.nothingLost, contents)
    #expect(violations.contains { $0.sentence == "its opinion is in a case already" })
  }

  // MARK: Events in order

  @Test func `a missing event is a gap in its case`() throws {
    var contents = good
    contents.entries.remove(at: try contents.index("cases", "waiting", "classified"))
    try expect(.eventsInOrder, in: "waiting", contents)
  }

  @Test func `an event that stands there twice is one too many`() throws {
    var contents = good
    let index = try contents.index("cases", "late", "overdue")
    contents.entries.insert(contents.entries[index], at: index)
    try expect(.eventsInOrder, in: "late", contents)
  }

  @Test func `events in another order are noticed`() throws {
    var contents = good
    contents.entries.swapAt(
      try contents.index("cases", "waiting", "classified"), try contents.index("cases", "waiting", "assigned"))
    try expect(.eventsInOrder, in: "waiting", contents)
  }

  @Test func `an event in another partition than its case is noticed`() throws {
    var contents = good
    let index = try contents.index("cases", "waiting", "classified")
    let partition = contents.entries[index].partition.partition
    contents.entries[index].partition = TopicPartition("cases", (partition + 1) % 4)
    try expect(.eventsInOrder, contents)
  }

  @Test func `an event under another id is noticed`() throws {
    try expect(
      .eventsInOrder, in: "answered", try altering("answered", "closed") { envelope, _ in envelope.id = "late.1" })
  }

  // MARK: Open cases

  @Test func `a case that begins with something else than opened is noticed`() throws {
    let contents = try altering("waiting", "opened") { _, event in
      guard case .opened(let opened) = event else { return }
      event = .supplemented(opened.submission)
    }
    try expect(.openCaseInHand, in: "waiting", contents)
  }

  @Test func `a case without an owner is noticed`() throws {
    var contents = good
    for name in ["assigned", "sign-overdue"] {
      try contents.replace(try contents.index("cases", "waiting", name), by: refusal)
    }
    try expect(.openCaseInHand, in: "waiting", contents)
  }

  @Test func `an open case without a running deadline is noticed`() throws {
    var contents = good
    contents.entries.removeAll { $0.topic == "track-changelog" && $0.key.hasSuffix("waiting") }
    let violations = try expect(.openCaseInHand, in: "waiting", contents)
    #expect(violations.map(\.sentence) == ["it is open, and no timer is set for its deadline 1"])
  }

  // MARK: Closing

  @Test func `a case that is closed without a reply is noticed`() throws {
    let contents = try altering("silent", "classified") { $1 = .closed(CaseEvent.Closed(outcome: .answered)) }
    // Its expiry comes after that.
    try expect(.closedOnlyWhenAnswered, in: "silent", contents)
  }

  @Test func `a case that is closed before its answer is delivered is noticed`() throws {
    var contents = good
    let delivered = try contents.index("cases", "answered", "delivered")
    let closed = try contents.index("cases", "answered", "closed")
    func exchange(_ index: Int, _ other: Int) throws -> Record {
      var envelope = try CloudEvent(good.entries[index].record)
      let taken = try CloudEvent(good.entries[other].record)
      envelope.type = taken.type
      envelope.data = taken.data
      return envelope.record(key: good.entries[index].record.key)
    }
    contents.entries[delivered].record = try exchange(delivered, closed)
    contents.entries[closed].record = try exchange(closed, delivered)
    try expect(.closedOnlyWhenAnswered, in: "answered", contents)
  }

  @Test func `an answer that could not be delivered for no reason is noticed`() throws {
    let contents = try altering("unreached", "undelivered") { _, event in
      guard case .undelivered(var delivery) = event else { return }
      delivery.reason = nil
      event = .undelivered(delivery)
    }
    try expect(.closedOnlyWhenAnswered, in: "unreached", contents)
  }

  @Test func `a case that is closed as what it was not is noticed`() throws {
    let contents = try altering("unreached", "closed") { $1 = .closed(CaseEvent.Closed(outcome: .answered)) }
    try expect(.closedOnlyWhenAnswered, in: "unreached", contents)
  }

  // MARK: Deadline events

  @Test func `a deadline that expires twice is noticed`() throws {
    let index = try good.index("cases", "silent", "overdue")
    let overdue = try CloudEvent(good.entries[index].record)
    let contents = try altering("silent", "reminded") { envelope, event in
      envelope.time = overdue.time
      if case .reminded(let said) = event { event = .overdue(said) }
    }
    try expect(.deadlineEventsOnce, in: "silent", contents)
  }

  @Test func `a reminder of a deadline that does not run is noticed`() throws {
    let contents = try altering("silent", "reminded") { _, event in
      guard case .reminded(var said) = event else { return }
      said.generation = 2
      event = .reminded(said)
    }
    try expect(.deadlineEventsOnce, in: "silent", contents)
  }

  @Test func `an expiry that is withdrawn before it was said is noticed`() throws {
    let at = try Story.time("2026-03-18T10:00:00+08:00")
    let contents = try altering("waiting", "classified") {
      $1 = .overdueWithdrawn(CaseEvent.OverdueWithdrawn(generation: 1, repliedAt: at))
    }
    try expect(.deadlineEventsOnce, in: "waiting", contents)
  }

  // MARK: Deadlines

  private func alteringDeadline(_ change: (inout CaseEvent.ReplyDeadline) -> Void) throws -> Contents {
    try altering("waiting", "opened") { _, event in
      guard case .opened(var opened) = event else { return }
      change(&opened.deadline)
      event = .opened(opened)
    }
  }

  @Test func `a deadline on another day than the calendar says is noticed`() throws {
    let contents = try alteringDeadline { deadline in
      deadline.due = deadline.due.advanced(byDays: 1)
      deadline.expires = GivenTime(deadline.expires.instant + .seconds(86_400))
    }
    try expect(.deadlinesRight, in: "waiting", contents)
  }

  @Test func `a deadline of another calendar is not worked out, only counted`() throws {
    let contents = try alteringDeadline { deadline in
      deadline.calendar = "another"
      deadline.due = deadline.due.advanced(byDays: 1)
      deadline.expires = GivenTime(deadline.expires.instant + .seconds(86_400))
    }
    let report = try verify(contents)
    #expect(report.violations == [])
    #expect(report.counts.uncheckedDeadlines == 1)
  }

  @Test func `a deadline that expires before the end of its day is noticed`() throws {
    let contents = try alteringDeadline { deadline in
      deadline.expires = GivenTime(deadline.expires.instant - .seconds(1))
    }
    try expect(.deadlinesRight, in: "waiting", contents)
  }

  @Test func `an expiry at another time than its deadline's is noticed`() throws {
    let contents = try altering("silent", "overdue") { envelope, _ in
      envelope.time = envelope.time.map { GivenTime($0.instant + .seconds(1)) }
    }
    try expect(.deadlinesRight, in: "silent", contents)
  }

  private func alteringReply(_ caseID: String, _ change: (inout CaseEvent.Replied) -> Void) throws -> Contents {
    try altering(caseID, "replied") { _, event in
      guard case .replied(var reply) = event else { return }
      change(&reply)
      event = .replied(reply)
    }
  }

  @Test func `a reply that is judged late and was in time is noticed`() throws {
    try expect(.deadlinesRight, in: "answered", try alteringReply("answered") { $0.overdue = true })
  }

  @Test func `a wrong number of working days is noticed`() throws {
    try expect(.deadlinesRight, in: "answered", try alteringReply("answered") { $0.workingDays += 1 })
  }

  @Test func `a late reply whose case was never said overdue is noticed`() throws {
    let contents = try altering("late", "overdue") { $1 = refusal }
    let violations = try expect(.deadlinesRight, in: "late", contents)
    #expect(violations.map(\.sentence) == ["it was answered late and was never said overdue"])
  }

  // MARK: Answers

  @Test func `a reply that nobody told the citizen of is noticed`() throws {
    var contents = good
    contents.entries.remove(at: try contents.index("feedback", "late", "answer"))
    try expect(.answersTold, in: "late", contents)
  }

  @Test func `an answer that stands there twice is one too many`() throws {
    var contents = good
    let index = try contents.index("feedback", "late", "answer")
    contents.entries.insert(contents.entries[index], at: index)
    try expect(.answersTold, in: "late", contents)
  }

  @Test func `feedback on an event that never was is noticed`() throws {
    var contents = good
    let index = try #require(
      contents.entries.firstIndex {
        $0.topic == "feedback" && $0.key == "waiting" && $0.envelope?.type == EventTypes.notice
      })
    var envelope = try CloudEvent(contents.entries[index].record)
    envelope.id = "waiting.99.0"
    envelope.data = Array(#"{"event":"waiting.99","what":"assigned"}"#.utf8)
    contents.entries[index].record = envelope.record(key: contents.entries[index].record.key)
    try expect(.answersTold, in: "waiting", contents)
  }

  // MARK: Personal data

  private func alteringData(
    _ topic: String, _ caseID: String, _ type: String, _ old: String, _ new: String
  ) throws -> Contents {
    var contents = good
    let index = try contents.index(topic, caseID, type)
    let text = String(decoding: contents.entries[index].record.value ?? [], as: UTF8.self)
    #expect(text.contains(old))
    contents.entries[index].record.value = Array(text.replacing(old, with: new).utf8)
    return contents
  }

  @Test(arguments: ["citizen", "phone", "openid"])
  func `a member that would hold a person is noticed`(member: String) throws {
    let contents = try alteringData("classifications", "waiting", "classified", "{\"cla", "{\"\(member)\":null,\"cla")
    try expect(.nothingPersonal, contents)
  }

  @Test func `a name that is no owner's is noticed`() throws {
    let contents = try alteringData("cases", "answered", "classified", "{\"cat", "{\"name\":\"某人\",\"cat")
    try expect(.nothingPersonal, in: "answered", contents)
  }

  @Test(arguments: ["openid-4711", "王小明", "电话13800000000"])
  func `what a citizen is known by is noticed outside of what they said`(text: String) throws {
    let contents = try alteringData("cases", "answered", "closed", "{", "{\"note\":\"\(text)\",")
    try expect(.nothingPersonal, in: "answered", contents)
    let said = try alteringData("cases", "answered", "closed", "{", "{\"text\":\"\(text)\",")
    #expect(try verify(said).violations == [])
  }

  @Test func `an answer that names its citizen is noticed`() throws {
    let contents = try alteringData("feedback", "answered", "answer", "{", "{\"to\":\"13800000000\",")
    try expect(.nothingPersonal, in: "answered", contents)
  }

  // MARK: Places

  @Test(arguments: ["commands", "classifications", "opinions", "feedback", "citizens"])
  func `a record that lies elsewhere than its key, and was not forwarded, is noticed`(topic: String) throws {
    var contents = good
    let index = try #require(
      contents.entries.firstIndex {
        $0.topic == topic && $0.key == "answered" && $0.envelope?.type != EventTypes.answer
      })
    let partition = contents.entries[index].partition.partition
    contents.entries[index].partition = TopicPartition(topic, (partition + 1) % 4)
    try expect(.recordsInPlace, contents)
  }

  @Test func `a forwarded record and its copy are one`() throws {
    var contents = good
    let index = try contents.index("commands", "refused", "reply")
    var misplaced = contents.entries[index]
    misplaced.partition = TopicPartition("commands", (misplaced.partition.partition + 1) % 4)
    contents.entries.insert(misplaced, at: 0)
    let report = try verify(contents)
    #expect(report.violations == [])
    #expect(report.counts.forwarded == 1)
  }

  @Test func `the state of a key in another partition is noticed`() throws {
    var contents = good
    let index = try #require(
      contents.entries.lastIndex { $0.topic == "track-changelog" && $0.key.hasSuffix("answered") })
    let partition = contents.entries[index].partition.partition
    contents.entries[index].partition = TopicPartition("track-changelog", (partition + 1) % 4)
    try expect(.recordsInPlace, contents)
  }

  // MARK: Unreadable records

  @Test(arguments: ["opinions", "classifications", "commands"])
  func `a broken record that is no dead letter is noticed, and one that is, is not`(topic: String) throws {
    var contents = good
    let index = try #require(contents.entries.firstIndex { $0.topic == topic })
    var broken = contents.entries[index]
    broken.record = Record(key: broken.record.key, value: Array("{".utf8))
    contents.entries.insert(broken, at: index)
    try expect(.unreadableKept, contents)

    let record = StoredRecord(
      partition: broken.partition, offset: 0, timestamp: broken.timestamp, record: broken.record)
    let letter = DeadLetter(
      record, stage: "x", reason: "broken", failedAt: broken.timestamp, retries: 0, parked: false, status: .open)
    broken.partition = TopicPartition("dead-letters", broken.partition.partition)
    broken.record = letter.record
    contents.entries.append(broken)
    let report = try verify(contents)
    #expect(report.violations == [])
    #expect(report.counts.deadLettersOpen == 1)
    #expect(report.counts.deadLettered == (topic == "opinions" ? 1 : 0))
  }
}

extension Contents.Entry {
  fileprivate var time: String? { envelope?.time?.text }
}
