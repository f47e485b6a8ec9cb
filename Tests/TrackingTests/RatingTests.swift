import Cases
import Testing
import Time
import Tracking

/// The citizen's word, and what a case lives through after its answer.
struct RatingTests {
  private func rate(_ satisfaction: CaseCommand.Rate.Satisfaction) -> CaseCommand {
    .rate(CaseCommand.Rate(satisfaction: satisfaction))
  }

  private func answered() -> Bench {
    var bench = Life.bench(in: .replied)
    bench.give(.recordDelivery)
    return bench
  }

  @Test func `an answer that has arrived may be rated for a week, then the case closes`() throws {
    var bench = answered()
    #expect(try bench.summary().stage == .replied)
    #expect(bench.timers().keys.sorted() == ["rating"])
    bench.pass(to: "06-08T23:59")
    #expect(try bench.summary().stage == .replied)
    bench.pass(to: "06-09T00:00")
    #expect(bench.names().last == "closed")
    #expect(try bench.summary().outcome == .answered)
  }

  @Test func `a rating closes it at once`() throws {
    var bench = answered()
    bench.give(rate(.fair))
    #expect(bench.names().suffix(2) == ["rated", "closed"])
    #expect(bench.timers()["rating"] == nil)
  }

  @Test func `a rating before the carrier's word waits for that`() throws {
    var bench = Life.bench(in: .replied)
    bench.give(rate(.satisfied))
    #expect(try bench.summary().stage == .replied)
    bench.give(.recordDelivery)
    #expect(bench.names().suffix(2) == ["delivered", "closed"])
  }

  @Test func `an answer that reached nobody closes it at once, with the reason`() throws {
    var bench = Life.bench(in: .replied)
    bench.give(Samples.delivery(of: bench.latestAnswer ?? "", .failed, reason: "空号"))
    #expect(bench.names().suffix(2) == ["undelivered", "closed"])
    #expect(try bench.summary().outcome == .unreachable)
  }

  @Test func `one channel that failed settles nothing while others are left`() throws {
    var bench = Life.bench(in: .replied)
    let answer = bench.latestAnswer ?? ""
    bench.give(
      .recordDelivery(
        CaseCommand.RecordDelivery(feedback: answer, channel: "wechat", result: .failed, reason: "window closed")))
    #expect(bench.names().last == "undelivered")
    #expect(try bench.summary().stage == .replied)
    bench.give(.recordDelivery(CaseCommand.RecordDelivery(feedback: answer, channel: "sms", result: .delivered)))
    #expect(bench.names().last == "delivered")
    #expect(bench.refusal == nil)
  }

  @Test func `a carrier may name the record of a further attempt`() throws {
    var bench = Life.bench(in: .replied)
    bench.give(
      .recordDelivery(
        CaseCommand.RecordDelivery(feedback: (bench.latestAnswer ?? "") + "/2", channel: "sms", result: .delivered)))
    guard case .delivered(let delivered) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(delivered.feedback == bench.latestAnswer)
  }

  @Test func `a letter that arrives after it was given up has arrived, and opens nothing`() throws {
    var bench = Life.bench(in: .replied)
    let answer = bench.latestAnswer ?? ""
    bench.pass(to: "06-05T00:00")
    #expect(bench.names().suffix(2) == ["undelivered", "closed"])
    bench.give(.recordDelivery(CaseCommand.RecordDelivery(feedback: answer, channel: "letter", result: .delivered)))
    #expect(bench.names().last == "delivered")
    #expect(try bench.summary().stage == .closed)
    bench.give(.recordDelivery(CaseCommand.RecordDelivery(feedback: answer, channel: "letter", result: .delivered)))
    #expect(bench.names().filter { $0 == "delivered" }.count == 1)
  }

  @Test func `one that arrives after all while another is on its way lets the case end when that one fails`() throws {
    var bench = Life.bench(in: .replied)
    let first = bench.latestAnswer ?? ""
    bench.give(.reply)
    let second = bench.latestAnswer ?? ""
    bench.give(Samples.delivery(of: first, .failed))
    bench.give(Samples.delivery(of: first))
    #expect(bench.names().suffix(2) == ["undelivered", "delivered"])
    bench.give(Samples.delivery(of: second, .failed))
    #expect(bench.timers()["rating"] != nil)
    bench.pass(to: "06-20T00:00")
    #expect(try bench.summary().outcome == .answered)
  }

  // MARK: 重办

  @Test func `what was carried over from the past and is taken up again is today's`() throws {
    var bench = Bench(policy: Life.policy)
    guard case .open(var open) = Samples.open("old", received: time("2015-06-01T10:00"), recorded: bench.now) else {
      return
    }
    open.submission.historic = true
    bench.give(.open(open))
    bench.send(Samples.reply(), id: "r", at: time("2015-06-02T10:00"), historic: true)
    bench.give(.reopen)
    #expect(bench.timers()["sign"] != nil)
    bench.give(.reply)
    bench.give(.recordDelivery)
    #expect(bench.timers()["rating"] != nil)
  }

  @Test func `who isn't satisfied has it taken up again, by its owner, with a fresh deadline`() throws {
    var bench = answered()
    bench.pass(to: "06-04T10:00")
    bench.give(rate(.unsatisfied))
    guard case .reopened(let reopened) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(reopened.count == 1)
    #expect(reopened.deadline.due.description == "2026-06-15")
    #expect(reopened.deadline.generation == 2)
    #expect(reopened.deadline.from == time("06-04T10:00"))
    #expect(try bench.summary().stage == .assigned)
    #expect(try bench.summary().owner?.id == "d-1")
    #expect(try bench.summary().offered?.id == "d-1")
    #expect(bench.timers().keys.sorted() == ["overdue", "reminder", "sign"])
  }

  @Test func `what is taken up again is judged by its own deadline`() throws {
    var bench = answered()
    bench.give(rate(.unsatisfied))
    bench.pass(to: "06-11T10:00")
    #expect(bench.names().last == "overdue")
    bench.give(.reply)
    #expect(try bench.summary().overdue)
    guard case .replied(let replied) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(replied.workingDays == 8)
  }

  @Test func `it is taken up again twice, and no more`() throws {
    var bench = answered()
    for _ in 0..<2 {
      bench.give(rate(.unsatisfied))
      #expect(bench.names().last == "reopened")
      bench.give(.reply)
      bench.give(.recordDelivery)
    }
    bench.give(rate(.unsatisfied))
    #expect(bench.names().suffix(2) == ["rated", "closed"])
    bench.give(.reopen)
    #expect(bench.refusal == "it has been reopened 2 times, as often as may be")
  }

  @Test func `a policy may leave it to people to take up again what wasn't satisfying`() throws {
    var bench = Bench(policy: Samples.policy("p") { $0.ratingDays = 7 })
    bench.open()
    bench.give(.reply)
    bench.give(.recordDelivery)
    bench.give(rate(.unsatisfied))
    #expect(bench.names().suffix(2) == ["rated", "closed"])
    bench.give(.reopen)
    #expect(bench.names().last == "reopened")
  }

  @Test func `a reply made before it was taken up again is none to that`() {
    var bench = answered()
    bench.pass(to: "06-04T10:00")
    bench.give(rate(.unsatisfied))
    bench.send(Samples.reply(), id: "early", at: time("06-03T10:00"))
    #expect(bench.refusal == "its time is before the case was taken up again")
  }

  @Test func `the answer of the round before may still arrive`() throws {
    var bench = Life.bench(in: .replied)
    let answer = bench.latestAnswer ?? ""
    bench.give(.reopen)
    bench.give(Samples.delivery(of: answer))
    #expect(bench.names().last == "delivered")
    #expect(try bench.summary().stage == .assigned)
  }

  @Test func `that one round's answer arrived says nothing of the next one's`() throws {
    var bench = Life.bench(in: .replied)
    let first = bench.latestAnswer ?? ""
    bench.give(.reopen)
    bench.give(.reply)
    bench.give(Samples.delivery(of: first))
    #expect(try bench.summary().stage == .replied)
    bench.give(Samples.delivery(of: bench.latestAnswer ?? "", .failed))
    #expect(bench.names().suffix(2) == ["undelivered", "closed"])
    #expect(try bench.summary().outcome == .unreachable)
  }

  // MARK: Closing by hand, and 回头看

  @Test func `nobody closes it while its answer is on its way`() {
    var bench = Life.bench(in: .replied)
    bench.give(.close)
    #expect(bench.refusal == "its answer is still on its way to the citizen")
    bench.give(.recordDelivery)
    bench.give(.close)
    #expect(bench.names().last == "closed")
  }

  @Test func `a closed case that is drawn is due for review thirty days later, at nine`() throws {
    var bench = Life.bench(in: .closed)
    #expect(bench.timers()["review"] == "2026-07-01T09:00:00+08:00")
    bench.pass(to: "07-01T09:00")
    #expect(bench.names().last == "review-due")
    #expect(try bench.summary().reviewDue)
    bench.give(.review)
    #expect(try bench.summary().upheld == true)
    #expect(try bench.summary().reviewDue == false)
    #expect(try bench.summary().stage == .closed)
  }

  @Test func `a review that finds it unsettled takes it up again`() throws {
    var bench = Life.bench(in: .closed)
    bench.give(.review(CaseCommand.Review(by: "督办室", upheld: false, text: "灯又坏了")))
    #expect(bench.names().suffix(2) == ["reviewed", "reopened"])
    #expect(bench.timers()["review"] == nil)
  }

  @Test func `what isn't drawn is not reviewed, and what is taken up again isn't either`() {
    var none = Bench(
      policy: Samples.policy("p") { policy in
        policy.reviewDays = 30
        policy.reviewShare = 0
      })
    none.open()
    none.give(.reply)
    none.give(.recordDelivery)
    #expect(none.names().last == "closed")
    #expect(none.timers().isEmpty)
    var again = Life.bench(in: .closed)
    again.give(.reopen)
    #expect(again.timers()["review"] == nil)
  }

  // MARK: 不予受理

  @Test func `a refusal with its reason is the answer, and is told and rated like one`() throws {
    var bench = Life.bench(in: .assigned)
    bench.give(.refuse)
    #expect(bench.names().last == "refused")
    #expect(try bench.summary().stage == .replied)
    #expect(try bench.summary().isRefused)
    #expect(bench.timers().keys.sorted() == ["delivery"])
    bench.give(.recordDelivery)
    bench.give(rate(.unsatisfied))
    #expect(bench.names().last == "reopened")
  }

  @Test func `a late refusal is overdue, too`() throws {
    var bench = Life.bench(in: .assigned)
    bench.now = time("06-11T10:00").instant
    bench.give(.refuse)
    #expect(bench.names().suffix(2) == ["overdue", "refused"])
    #expect(try bench.summary().overdue)
  }

  // MARK: Historic records

  @Test func `what is carried over from before is neither to be signed for, rated nor reviewed`() throws {
    var bench = Bench(policy: Life.policy)
    guard case .open(var open) = Samples.open("old", received: time("2015-06-01T10:00"), recorded: bench.now) else {
      return
    }
    open.submission.historic = true
    bench.give(.open(open))
    #expect(bench.timers()["sign"] == nil)
    bench.send(Samples.reply(), id: "r", at: time("2015-06-02T10:00"), historic: true)
    bench.give(.recordDelivery)
    #expect(bench.names().last == "closed")
    #expect(bench.timers().isEmpty)
  }
}
