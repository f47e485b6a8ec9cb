import Cases
import Testing
import Time

/// Records in which a word is one of several: one for each word that there is.
extension FullRecords {
  static func eventsOfEachChoice() throws -> [CaseEvent] {
    var events: [CaseEvent] = CaseEvent.Closed.Outcome.allCases.map { .closed(.init(outcome: $0)) }
    events += CaseEvent.Supervised.Step.allCases.map { .supervised(.init(step: $0)) }
    events += CaseEvent.Escalated.Step.allCases.map {
      .escalated(.init(step: $0, reason: "因为", from: owner, tried: [], next: []))
    }
    events += Owner.Kind.allCases.map { .signed(.init(by: "总站", owner: Owner(id: "x", kind: $0, name: "x"))) }
    events += CaseCommand.Rate.Satisfaction.allCases.map { .rated(.init(satisfaction: $0)) }
    events += Classification.Decider.allCases.map {
      var changed = classification
      changed.by = $0
      return .classified(changed)
    }
    events += Classification.Span.Field.allCases.map {
      var changed = classification
      changed.spans = [.init(field: $0, start: 0, end: 2)]
      return .classified(changed)
    }
    let replies =
      CaseCommand.Reply.Method.allCases.map { CaseCommand.Reply(by: "李工", method: $0, text: "已修复") }
      + Actor.Role.allCases.map {
        CaseCommand.Reply(by: "李工", actor: Actor(role: $0, id: "x"), method: .phone, text: "已修复")
      }
    events += replies.map {
      .replied(.init(reply: $0, at: time, recorded: nil, historic: false, workingDays: 1, overdue: false))
    }
    let terms = [Term.workingDays, Term.calendarDays, Term.hours, Term.months].flatMap { [$0(1), $0(12)] }
    events += terms.map {
      var changed = deadline
      changed.term = $0
      return .deadlineChanged(.init(from: deadline, to: changed))
    }
    return events + scans.map { .supplemented(submission(of: $0)) }
  }

  static func commandsOfEachChoice() -> [CaseCommand] {
    var commands: [CaseCommand] = Actor.Role.allCases.map {
      .sign(.init(by: "总站", actor: Actor(role: $0, id: "x")))
    }
    commands += CaseCommand.Reply.Method.allCases.map { .reply(.init(by: "李工", method: $0, text: "已修复")) }
    commands += CaseCommand.Rate.Satisfaction.allCases.map { .rate(.init(satisfaction: $0)) }
    commands += CaseCommand.RecordDelivery.Result.allCases.map {
      .recordDelivery(.init(feedback: "f", channel: "sms", result: $0))
    }
    return commands
      + CaseCommand.Assign.Cause.allCases.map { .assign(.init(assignment: assignment, because: $0)) }
  }

  static let messagesOfEachKind = ChatMessage.Kind.allCases.map {
    ChatMessage(
      account: "qingxi", openid: "o-1", kind: $0, text: "城南路", location: opinion.location, code: "c-1")
  }

  static let entriesOfEachLevel: [DirectoryEntry] =
    Directory.Station.Level.allCases.map { .station(.init(id: "s", name: "站", level: $0)) }
    + Congress.allCases.map { .department(.init(id: "d", name: "局", level: $0, categories: [])) }
    + Congress.allCases.map { .deputy(.init(id: "p", name: "代表", level: $0, station: "s")) }

  static let opinionsOfEachScan = scans.map { Opinion(channel: "web", text: "路灯", scan: $0) }

  private static let scans =
    Scan.Standing.allCases.map { Scan(standing: $0) } + Scan.Kind.allCases.map { Scan(standing: .valid, kind: $0) }

  private static func submission(of scan: Scan) -> Submission {
    var submission = submission
    submission.statement.scan = scan
    submission.statement.reach = Reach(channels: Reach.Channel.allCases)
    return submission
  }
}
