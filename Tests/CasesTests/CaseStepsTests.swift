import Cases
import Testing
import Time

struct CaseStepsTests {
  private static let begin = Instant(milliseconds: 1_780_308_000_000)
  private static let owner = Owner(id: "d-1", kind: .department, name: "住建局")
  private static let opened = CaseEvent.opened(CaseEvent.Opened(submission: Values.submission, deadline: deadline))
  private static let deadline = CaseEvent.ReplyDeadline(
    due: TimeOffset.shanghai.date(of: begin), expires: GivenTime(begin), workingDays: 7, calendar: "cn", policy: "p",
    provisional: false, generation: 1)
  private static let assigned = CaseEvent.assigned(Assignment(owner: owner, reason: "r", directory: "d"))
  private static let signed = CaseEvent.signed(CaseEvent.Signed(by: "李工", owner: owner))
  private static let replied = CaseEvent.replied(
    CaseEvent.Replied(
      reply: CaseCommand.Reply(by: "李工", method: .writing, text: "已修复"), at: GivenTime(begin), recorded: nil,
      historic: false, workingDays: 1, overdue: false))
  private static let delivered = delivered("c.4.0")
  private static let reopened = CaseEvent.reopened(
    CaseEvent.Reopened(by: "citizen", reason: "没修好", count: 1, deadline: deadline))

  private static func delivered(_ answer: String) -> CaseEvent {
    .delivered(CaseEvent.Delivery(feedback: answer, channel: "web"))
  }

  private static func undelivered(_ answer: String = "c.4.0", final: Bool?) -> CaseEvent {
    .undelivered(CaseEvent.Delivery(feedback: answer, channel: "sms", reason: "停机", final: final))
  }

  /// Each an hour after the one before; numbered from 1 on.
  private func steps(_ events: CaseEvent...) -> CaseSteps { steps(events) }

  private func steps(_ events: [CaseEvent]) -> CaseSteps {
    var steps = CaseSteps()
    for (index, event) in events.enumerated() {
      steps.fold(event, sequence: index + 1, at: GivenTime(Self.begin + .seconds(3600 * index)))
    }
    return steps
  }

  @Test func `a case comes through five steps, and it is known how long each took`() {
    let steps = steps(Self.opened, Self.assigned, Self.signed, Self.replied, Self.delivered)
    #expect(steps.isComplete && steps.missing == nil)
    #expect(
      CaseSteps.Step.allCases.map { steps.time(of: $0)?.instant } == (0..<5).map { Self.begin + .seconds(3600 * $0) })
    #expect(steps.duration(to: .registered) == nil)
    for step in CaseSteps.Step.allCases.dropFirst() { #expect(steps.duration(to: step) == .seconds(3600)) }
  }

  @Test func `the first step that is missing is named`() {
    #expect(steps().missing == .registered)
    #expect(steps(Self.opened).missing == .reflected)
    #expect(steps(Self.opened, Self.assigned).missing == .handled)
    #expect(steps(Self.opened, Self.assigned, Self.signed).missing == .answered)
    #expect(steps(Self.opened, Self.assigned, Self.signed, Self.replied).missing == .told)
  }

  @Test func `an answer straight away is handling and result in one`() {
    let steps = steps(Self.opened, Self.assigned, Self.replied, Self.delivered)
    #expect(
      steps.isComplete && steps.duration(to: .answered) == .zero && steps.duration(to: .handled) == .seconds(3600))
  }

  @Test func `a refusal is a result`() {
    let refused = CaseEvent.refused(
      CaseEvent.Refused(
        refusal: CaseCommand.Refuse(by: "李工", reason: "诉讼中"), at: GivenTime(Self.begin), workingDays: 1,
        overdue: false))
    #expect(steps(Self.opened, Self.assigned, refused).missing == .told)
  }

  @Test func `who could not be reached counts as told once that is final`() {
    #expect(steps(Self.opened, Self.assigned, Self.replied, Self.undelivered(final: false)).missing == .told)
    #expect(steps(Self.opened, Self.assigned, Self.replied, Self.undelivered(final: true)).isComplete)
    // Earlier versions knew only such.
    #expect(steps(Self.opened, Self.assigned, Self.replied, Self.undelivered(final: nil)).isComplete)
  }

  @Test func `a case taken up again has to be answered and told anew`() {
    var steps = steps(Self.opened, Self.assigned, Self.signed, Self.replied, Self.delivered, Self.reopened)
    #expect(steps.missing == .answered)
    steps.fold(Self.replied, sequence: 7, at: GivenTime(Self.begin + .seconds(3600 * 8)))
    #expect(steps.missing == .told && steps.time(of: .answered)?.instant == Self.begin + .seconds(3600 * 8))
  }

  @Test func `an answer from before a case was taken up again tells nobody of the new one`() {
    // Answered as c.4, taken up again as 5.
    let before = [Self.opened, Self.assigned, Self.signed, Self.replied, Self.reopened]
    for late in [Self.delivered, Self.undelivered(final: true)] {
      #expect(steps(before + [late]).missing == .answered)
      #expect(steps(before + [late, Self.replied]).missing == .told)
      #expect(steps(before + [Self.replied, late]).missing == .told)
      let told = steps(before + [Self.replied, late, Self.delivered("c.6.0")])
      #expect(told.isComplete && told.time(of: .told)?.instant == Self.begin + .seconds(3600 * 7))
      #expect(steps(before + [Self.replied, late, Self.undelivered("c.6.0", final: true)]).isComplete)
    }
  }

  @Test func `the second of two answers of one round counts as well, and so does a name of another form`() {
    let before = [Self.opened, Self.assigned, Self.replied, Self.reopened, Self.replied]
    #expect(steps(before + [Self.replied, Self.delivered("c.6.0")]).isComplete)
    #expect(steps(before + [Self.delivered("c.5.0/2")]).isComplete)
    for name in ["", "letter-7", "c.0", "c.x.0", "..", "a.b.99999999999999999999.0"] {
      #expect(steps(before + [Self.delivered(name)]).isComplete, "\(name)")
    }
  }

  @Test func `a time before that of the step before counts as none`() {
    var steps = steps(Self.opened, Self.assigned)
    steps.fold(Self.replied, sequence: 3, at: GivenTime(Self.begin))
    #expect(steps.duration(to: .handled) == .zero)
  }
}
