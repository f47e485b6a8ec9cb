import Cases
import Time

/// `MM-DDTHH:MM`, with seconds if there are any, of 2026 (or another year in front) in Shanghai.
func time(_ text: String) -> GivenTime {
  let dated = text.prefix { $0 != "T" }.count > 5 ? text : "2026-" + text
  let precise = dated.split(separator: ":").count > 2 ? dated : dated + ":00"
  guard let time = GivenTime(precise + "+08:00") else { preconditionFailure("not a time: \(text)") }
  return time
}

func caseID(_ text: String) -> CaseID {
  guard let id = CaseID(text) else { preconditionFailure("not a case id: \(text)") }
  return id
}

enum Samples {
  /// Seven working days and a reminder, and nothing else: the case closes with the delivery of its answer.
  static let answersOnly = policy("reply-1") { _ in }

  /// ``answersOnly`` with changes.
  static func policy(_ version: String, _ change: (inout ReplyPolicy) -> Void) -> ReplyPolicy {
    do throws(ReplyPolicy.InvalidField) {
      return try ReplyPolicy(version: version) { policy in
        policy.sign = nil
        (policy.supervision, policy.report, policy.escalation) = (nil, nil, nil)
        policy.ratingDays = 0
        policy.unsatisfiedReopens = false
        policy.reviewDays = nil
        change(&policy)
      }
    } catch {
      preconditionFailure("\(error)")
    }
  }

  static func open(_ id: String, received: GivenTime, recorded: Instant, channel: String = "web") -> CaseCommand {
    let statement = Statement(Opinion(channel: channel, text: "路灯坏了", citizen: Citizen(name: "王小明")))
    return .open(
      CaseCommand.Open(
        submission: Submission(
          opinion: OpinionReference(source: "/gateway", id: id), received: received, recorded: GivenTime(recorded),
          historic: false, statement: statement),
        classification: Classification(category: "城乡建设", confidence: 0.9, why: ["路灯"], version: "rules-1"),
        assignment: Assignment(
          owner: Owner(id: "d-1", kind: .department, name: "住建局"), reason: "category", directory: "dir-1")))
  }

  static func reply(_ method: CaseCommand.Reply.Method = .writing) -> CaseCommand {
    .reply(CaseCommand.Reply(by: "住建局", method: method, text: "已修复"))
  }

  static func delivery(
    of feedback: String, _ result: CaseCommand.RecordDelivery.Result = .delivered, reason: String? = nil
  ) -> CaseCommand {
    .recordDelivery(
      CaseCommand.RecordDelivery(
        feedback: feedback, channel: "wechat", result: result, reason: reason, final: result == .failed ? true : nil))
  }

  /// The holiday plan of 2020 as it stood before the notice of 27 January.
  static let firstPlanOf2020: WorkingCalendar = {
    let listed: [(days: ClosedRange<Int>, month: Int, isOff: Bool)] = [
      (1...1, 1, true), (19...19, 1, false), (24...30, 1, true), (1...1, 2, false),
    ]
    let days = listed.flatMap { entry in
      entry.days.compactMap { day in
        CalendarDate(year: 2020, month: entry.month, day: day).map {
          HolidayPlan.Day(date: $0, name: "春节", isOff: entry.isOff)
        }
      }
    }
    return WorkingCalendar(version: "cn-2020.first", plans: [HolidayPlan(year: 2020, days: days)])
  }()
}
