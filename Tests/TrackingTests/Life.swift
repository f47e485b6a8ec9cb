import Cases
import Streams
import Time

/// A case in each of its stages, and one of each command.
enum Life {
  /// Every rule is in force: a pause is allowed, too.
  static let policy = Samples.policy("life-1") { policy in
    policy.sign = .workingDays(1)
    (policy.supervision, policy.report, policy.escalation) = (3, 5, 5)
    policy.ratingDays = 7
    policy.unsatisfiedReopens = true
    policy.reviewDays = 30
    policy.reviewShare = 1000
    policy.pause = 10
  }

  static let lead = caseID("lead")

  /// Opened on Monday 2026-06-01 at 10:00, now 12:00 of that day.
  static func bench(in stage: CaseStage, policy: ReplyPolicy = policy) -> Bench {
    var bench = Bench(policy: policy)
    bench.open()
    bench.pass(to: "06-01T12:00")
    let before: [CaseCommand.Kind] =
      switch stage {
      case .assigned: []
      case .signed: [.sign]
      case .paused: [.sign, .pause]
      case .merged: [.sign, .merge]
      case .replied: [.sign, .reply]
      case .closed: [.sign, .reply, .recordDelivery, .close]
      }
    for kind in before { bench.give(kind) }
    return bench
  }

  /// - Parameters:
  ///   - answer: the feedback record of the case's latest answer.
  ///   - asked: the event that asked for a key supervision.
  static func command(_ kind: CaseCommand.Kind, answer: String?, asked: String? = nil) -> CaseCommand {
    let order = CaseCommand.Order(by: "住建局", reason: "因为")
    switch kind {
    case .open: return Samples.open("another", received: time("06-01T11:00"), recorded: time("06-01T11:00").instant)
    case .assign:
      let owner = Owner(id: "s-2", kind: .station, name: "总站")
      return .assign(
        CaseCommand.Assign(
          assignment: Assignment(owner: owner, reason: "总站研判", directory: "dir-1"), because: .decided, by: "总站"))
    case .sign: return .sign(order)
    case .reply: return Samples.reply()
    case .refuse: return .refuse(CaseCommand.Refuse(by: "总站", reason: "已在诉讼中"))
    case .transfer: return .transfer(CaseCommand.Transfer(by: "住建局", reason: "属水务", to: "d-2"))
    case .return: return .return(order)
    case .coHandle: return .coHandle(CaseCommand.CoHandle(by: "住建局", with: ["d-2"]))
    case .escalate: return .escalate(CaseCommand.Escalate(by: "住建局", reason: "办不了"))
    case .raise: return .raise(order)
    case .supervise: return .supervise(CaseCommand.Supervise(by: "督办室", leader: "张副主任"))
    case .grantSupervision:
      return .grantSupervision(CaseCommand.GrantSupervision(event: asked ?? "none", number: 1, of: 20))
    case .requestExtension:
      return .requestExtension(CaseCommand.RequestExtension(by: "住建局", reason: "等材料", workingDays: 3))
    case .extend: return .extend(CaseCommand.Extend(by: "督办室", workingDays: 3))
    case .denyExtension: return .denyExtension(order)
    case .pause: return .pause(order)
    case .resume: return .resume(order)
    case .merge: return .merge(CaseCommand.Merge(by: "总站", into: lead))
    case .unmerge: return .unmerge(CaseCommand.Unmerge(by: "总站"))
    case .recordMerged: return .recordMerged(CaseCommand.RecordMerged(other: caseID("follower")))
    case .recordUnmerged: return .recordUnmerged(CaseCommand.RecordMerged(other: caseID("follower")))
    case .recordSimilar: return .recordSimilar(CaseCommand.RecordSimilar(other: caseID("alike"), score: 0.9))
    case .recordDelivery: return Samples.delivery(of: answer ?? "none")
    case .rate: return .rate(CaseCommand.Rate(satisfaction: .fair))
    case .reopen: return .reopen(order)
    case .review: return .review(CaseCommand.Review(by: "督办室", upheld: true))
    case .close: return .close(order)
    case .correctCategory: return .correctCategory(CaseCommand.CorrectCategory(by: "总站", category: "交通运输"))
    case .erase: return .erase(order)
    case .disclose: return .disclose(order)
    }
  }
}

extension Bench {
  /// Gives the case `c` that command now.
  mutating func give(_ kind: CaseCommand.Kind, as actor: Actor? = nil) {
    give(Life.command(kind, answer: latestAnswer, asked: latest("supervision-requested")), as: actor)
  }

  mutating func give(_ command: CaseCommand, to key: String = "c", as actor: Actor? = nil) {
    send(command.given(by: actor), to: key, id: "command-\(offset)")
  }

  /// The feedback record of the latest answer.
  var latestAnswer: String? {
    events["c"]?.last { ["replied", "refused"].contains($0.event.name) }.map { $0.id + ".0" }
  }

  /// The id of the latest event of that name.
  func latest(_ name: String) -> String? { events["c"]?.last { $0.event.name == name }?.id }

  /// Why the latest command was refused; `nil` if it wasn't.
  var refusal: String? {
    if case .refusedCommand(let refused) = events["c"]?.last?.event { refused.reason } else { nil }
  }
}

extension CaseCommand {
  /// The same, by somebody who has signed in.
  func given(by actor: Actor?) -> CaseCommand {
    guard let actor else { return self }
    let text = String(decoding: data, as: UTF8.self)
    let role = "{\"id\":\"\(actor.id)\",\"role\":\"\(actor.role.rawValue)\"}"
    let with = Array(("{\"actor\":\(role)," + text.dropFirst()).utf8)
    return (try? CaseCommand(type: type, data: with)) ?? self
  }
}
