import Cases
import SeededRandom
import Streams
import Time

extension Story {
  static func event(_ command: CaseCommand, _ caseID: String, id: String, at time: GivenTime) -> CloudEvent {
    CloudEvent(id: id, source: "//desk", type: command.type, subject: caseID, time: time, data: command.data)
  }

  static func caseID(_ text: String) -> CaseID {
    CaseID(opinion: OpinionReference(source: "", id: ""), subject: text)
  }

  static func order(_ reason: String? = "因为") -> CaseCommand.Order { CaseCommand.Order(by: "张主任", reason: reason) }

  /// One of those that people give, of any kind but the commonest.
  static func command(_ random: inout SeededGenerator, answer: String) -> CaseCommand {
    let other = caseID("c\(Int.random(in: 0..<8, using: &random))")
    let days = Int.random(in: 1...9, using: &random)
    let kinds = CaseCommand.Kind.allCases.filter { $0 != .open }
    switch kinds.randomElement(using: &random) ?? .sign {
    case .open, .sign: return .sign(order(nil))
    case .assign:
      let owner = Owner(id: "s\(days)", kind: .station, name: "第\(days)站")
      return .assign(
        CaseCommand.Assign(
          assignment: Assignment(
            owner: owner, reason: "研判", directory: "d-1",
            closedDays: ["2026-03-1\(days)", "2026-03-2\(days)"].compactMap { CalendarDate($0) },
            carried: days == 1 ? true : nil),
          because: .decided, by: "总站"))
    case .reply: return .reply(CaseCommand.Reply(by: "张主任", method: .phone, text: "已修好"))
    case .refuse: return .refuse(CaseCommand.Refuse(by: "总站", reason: "已在诉讼中"))
    case .transfer: return .transfer(CaseCommand.Transfer(by: "张主任", reason: "属水务", to: "s\(days)"))
    case .return: return .return(order())
    case .coHandle: return .coHandle(CaseCommand.CoHandle(by: "张主任", with: ["s0"]))
    case .escalate: return .escalate(CaseCommand.Escalate(by: "张主任", reason: "办不了"))
    case .raise: return .raise(order())
    case .supervise: return .supervise(CaseCommand.Supervise(by: "督办室", leader: "李副主任"))
    case .grantSupervision: return .grantSupervision(CaseCommand.GrantSupervision(event: answer, number: nil, of: 20))
    case .requestExtension:
      return .requestExtension(CaseCommand.RequestExtension(by: "张主任", reason: "等材料", workingDays: days))
    case .extend: return .extend(CaseCommand.Extend(by: "总站", workingDays: days))
    case .denyExtension: return .denyExtension(order())
    case .pause: return .pause(order())
    case .resume: return .resume(order())
    case .merge: return .merge(CaseCommand.Merge(by: "总站", into: other))
    case .unmerge: return .unmerge(CaseCommand.Unmerge(by: "总站"))
    case .recordMerged: return .recordMerged(CaseCommand.RecordMerged(other: other))
    case .recordUnmerged: return .recordUnmerged(CaseCommand.RecordMerged(other: other))
    case .recordSimilar: return .recordSimilar(CaseCommand.RecordSimilar(other: caseID("x\(days)"), score: 0.9))
    case .recordDelivery:
      return .recordDelivery(
        CaseCommand.RecordDelivery(
          feedback: answer, channel: "wechat", result: .failed, reason: "退订", final: days > 4))
    case .rate: return .rate(CaseCommand.Rate(satisfaction: days > 4 ? .unsatisfied : .satisfied))
    case .reopen: return .reopen(order())
    case .review: return .review(CaseCommand.Review(by: "总站", upheld: days > 4))
    case .close: return .close(order())
    case .disclose: return .disclose(order())
    case .correctCategory: return .correctCategory(CaseCommand.CorrectCategory(by: "总站", category: "民政"))
    case .erase: return .erase(order())
    }
  }

  /// Cases that go through all of their life: `lead` and `follower` are handled together, `long` is extended, paused and
  /// goes on, `still` stands still, `again` is taken up again, `gone` is to be forgotten, `key` is a key supervision,
  /// `quiet` is answered by nobody, `turned` away; `busy` is handed about.
  static func lives() throws -> [CloudEvent] {
    func event(_ caseID: String, _ time: String, _ command: CaseCommand) throws -> CloudEvent {
      let at = try Story.time("2026-\(time):00+08:00")
      return Story.event(command, caseID, id: "\(caseID)-\(time)", at: at)
    }
    func opened(_ caseID: String, _ time: String, citizen: Citizen = Citizen()) throws -> CloudEvent {
      opinion(caseID, id: "o-\(caseID)-\(time)", at: try Story.time("2026-\(time):00+08:00"), citizen: citizen)
    }
    let reply = CaseCommand.reply(CaseCommand.Reply(by: "张主任", method: .phone, text: "已修好"))
    let events: [CloudEvent] = [
      try opened("lead", "03-02T10:00"), try opened("follower", "03-02T10:05"),
      try event("lead", "03-02T12:00", .sign(order(nil))),
      try event("follower", "03-02T13:00", .merge(CaseCommand.Merge(by: "总站", into: caseID("lead")))),
      try event("lead", "03-04T10:00", reply),

      try opened("long", "03-02T10:10"), try event("long", "03-02T12:10", .sign(order(nil))),
      try event(
        "long", "03-03T10:00",
        .requestExtension(CaseCommand.RequestExtension(by: "张主任", reason: "等材料", workingDays: 3))),
      try event("long", "03-03T11:00", .extend(CaseCommand.Extend(by: "总站"))),
      try event("long", "03-04T10:10", .pause(order())), try event("long", "03-06T10:00", .resume(order())),

      try opened("still", "03-12T10:00"), try event("still", "03-12T12:00", .sign(order(nil))),
      try event("still", "03-17T10:00", .pause(order())), try event("still", "03-17T11:00", .return(order())),

      try opened("again", "03-02T10:15"), try event("again", "03-03T10:05", reply),
      try event("again", "03-03T15:00", .rate(CaseCommand.Rate(satisfaction: .unsatisfied))),
      try event("again", "03-09T10:00", reply),
      try event("again", "03-09T15:00", .rate(CaseCommand.Rate(satisfaction: .satisfied))),

      try opened("gone", "03-02T10:20", citizen: citizen), try event("gone", "03-03T10:10", .erase(order())),
      try opened("gone", "03-04T10:15", citizen: citizen),

      try opened("key", "03-02T10:25"),
      try event("key", "03-03T10:15", .supervise(CaseCommand.Supervise(by: "督办室", leader: "李副主任"))),

      try opened("quiet", "03-02T10:30"),
      try opened("turned", "03-02T10:35"),
      try event("turned", "03-03T10:20", .refuse(CaseCommand.Refuse(by: "总站", reason: "已在诉讼中"))),

      try opened("busy", "03-10T10:00"), try event("busy", "03-10T11:00", .return(order())),
      try event("busy", "03-10T12:00", .transfer(CaseCommand.Transfer(by: "张主任", reason: "属水务", to: "s2"))),
      try event("busy", "03-10T13:00", .coHandle(CaseCommand.CoHandle(by: "张主任", with: ["s0"]))),
      try event("busy", "03-10T14:00", .escalate(CaseCommand.Escalate(by: "张主任", reason: "办不了"))),
      try event("busy", "03-10T15:00", .raise(order())),
    ]
    return events.sorted { ($0.time?.instant ?? .distantPast) < ($1.time?.instant ?? .distantPast) }
  }

  private static let lived = Result<Contents, any Error> {
    try replay(try lives(), until: try time("2026-03-18T18:00:00+08:00"), policy: policy) { try Contents(of: $0) }
  }

  /// What the log holds when all those lives were led.
  static func livedLog() throws -> Contents { try lived.get() }
}
