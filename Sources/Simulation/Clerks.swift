import Cases
import Streams
import Time

/// Those who have cases in hand: they sign, answer, answer late, hand on, ask for time, and forget; and those who watch
/// over them.
struct Clerks {
  let seed: UInt64
  let directory: Directory

  func react(
    to event: CaseEvent, _ id: String, in summary: CaseSummary, beside recent: CaseID?, at now: Instant, calm: Bool
  ) -> [Action] {
    var turn = Turn(chance: Chance(seed, "clerk", id), now: now, id: id, summary: summary)
    if calm { return soothe(event, &turn) }
    switch event {
    case .assigned(let assignment): return take(assignment.owner, &turn)
    case .signed: return handle(beside: recent, &turn)
    case .extensionRequested:
      switch turn.chance.number(0...9) {
      case 0...5: return turn.give(.extend(CaseCommand.Extend(by: "总站", actor: Self.supervisor)), 0...2)
      case 6...7:
        return turn.give(.denyExtension(CaseCommand.Order(by: "总站", actor: Self.supervisor, reason: "不准")), 0...2)
      default: return []
      }
    case .paused:
      return turn.chance.happens(700) ? turn.give(.resume(turn.order("材料齐了")), 1...20) : []
    case .resumed, .extended, .extensionDenied, .unmerged: return turn.answer(0...6, of: 900)
    case .overdue:
      let supervise = CaseCommand.Supervise(by: "督办室", actor: Self.supervisor, reason: "久拖不决", leader: "李副主任")
      return turn.answer(0...6, of: 500) + (turn.chance.happens(30) ? turn.give(.supervise(supervise), 0...3) : [])
    case .signOverdue: return turn.chance.happens(600) ? turn.give(.sign(turn.order(nil)), 0...3) : []
    case .supervised, .reported: return turn.answer(0...4, of: 600)
    case .merged:
      guard turn.chance.happens(150) else { return [] }
      return turn.give(.unmerge(CaseCommand.Unmerge(by: "总站", actor: Self.supervisor, reason: "不是一回事")), 0...4)
    case .reopened: return turn.answer(1...9, of: 850)
    case .reviewDue:
      let review = CaseCommand.Review(by: "总站", actor: Self.supervisor, upheld: !turn.chance.happens(150))
      return turn.chance.happens(800) ? turn.give(.review(review), 0...5) : []
    case .classified(let classification) where classification.doubt != nil:
      let correction = CaseCommand.CorrectCategory(by: "总站", actor: Self.supervisor, category: "民政")
      return turn.chance.happens(500) ? turn.give(.correctCategory(correction), 0...2) : []
    default: return []
    }
  }

  private static let supervisor = Actor(role: .supervisor, id: "supervisors")

  /// At the end everybody does what is left.
  private func soothe(_ event: CaseEvent, _ turn: inout Turn) -> [Action] {
    switch event {
    case .reopened, .unmerged, .resumed: turn.answer(0...2, of: 1000)
    default: []
    }
  }

  private func take(_ owner: Owner, _ turn: inout Turn) -> [Action] {
    switch turn.chance.number(0...99) {
    case 0...4: return turn.answer(0...1, of: 1000, method: .onTheSpot)
    case 5...9: return turn.give(.return(turn.order("不属我处职责", as: owner)), 0...3)
    case 10...12:
      let to = turn.chance.happens(200) ? "nobody" : turn.chance.one(of: directory.departments + []).id
      return turn.give(
        .transfer(CaseCommand.Transfer(by: owner.name, actor: turn.actor(owner), reason: "属其职责", to: to)), 0...3)
    case 13...19: return []
    case 20...21:
      // Somebody else's hand.
      let order = CaseCommand.Order(by: "路人", actor: Actor(role: .department, id: "nobody"))
      return turn.give(.sign(order), 0...1)
    default: return turn.give(.sign(turn.order(nil, as: owner)), 0...2)
    }
  }

  private func handle(beside recent: CaseID?, _ turn: inout Turn) -> [Action] {
    switch turn.chance.number(0...99) {
    case 0...69: return turn.answer(0...8, of: 1000)
    case 70...76:
      let days = turn.chance.number(1...9)
      let ask = CaseCommand.RequestExtension(
        by: turn.name, actor: turn.actor(nil), reason: "等材料", workingDays: days)
      return turn.give(.requestExtension(ask), 0...6) + turn.answer(7...14, of: 800)
    case 77...81: return turn.give(.pause(turn.order("等鉴定")), 0...5) + turn.answer(3...40, of: 700)
    case 82...83:
      let escalate = CaseCommand.Escalate(by: turn.name, actor: turn.actor(nil), reason: "超出权限")
      return turn.give(.escalate(escalate), 0...5)
    case 84...85:
      let coHandle = CaseCommand.CoHandle(by: turn.name, actor: turn.actor(nil), with: ["zjj-2"])
      return turn.give(.coHandle(coHandle), 0...3) + turn.answer(1...9, of: 900)
    case 86: return turn.give(.raise(turn.order("列为代表建议")), 0...4) + turn.answer(20...90, of: 900)
    case 87...89:
      let refuse = CaseCommand.Refuse(by: "总站", actor: Self.supervisor, reason: "已在诉讼中", ground: "lawsuit")
      return turn.give(.refuse(refuse), 0...4)
    case 90...94:
      guard let recent, recent != turn.summary.id else { return turn.answer(1...5, of: 1000) }
      let merge = CaseCommand.Merge(by: "总站", actor: Self.supervisor, reason: "同一件事", into: recent)
      return turn.give(.merge(merge), 0...3)
    default: return []
    }
  }

  /// What somebody does about an event, each thing under an id of its own.
  private struct Turn {
    var chance: Chance
    let now: Instant
    let id: String
    let summary: CaseSummary
    private var count = 0

    init(chance: Chance, now: Instant, id: String, summary: CaseSummary) {
      (self.chance, self.now, self.id, self.summary) = (chance, now, id, summary)
    }

    var name: String { (summary.offered ?? summary.owner)?.name ?? "承办单位" }

    /// Not everybody says in which capacity they speak.
    mutating func actor(_ owner: Owner?) -> Actor? {
      guard chance.happens(600), let owner = owner ?? summary.owner else { return nil }
      let role: Actor.Role =
        switch owner.kind {
        case .station: .station
        case .department: .department
        case .deputy: .deputy
        }
      return Actor(role: role, id: owner.id)
    }

    mutating func order(_ reason: String?, as owner: Owner? = nil) -> CaseCommand.Order {
      CaseCommand.Order(by: owner?.name ?? name, actor: actor(owner), reason: reason)
    }

    /// In office hours, some days from now.
    mutating func give(_ command: CaseCommand, _ days: ClosedRange<Int>) -> [Action] {
      let day = TimeOffset.shanghai.date(of: now).advanced(byDays: chance.number(days))
      let hour = TimeOffset.shanghai.instant(of: day, at: .seconds(9 * 3600 + chance.number(0...31) * 900))
      count += 1
      let time = hour > now ? hour : now + .seconds(900)
      return [.command(command, to: summary.id, id: "\(id)/\(count)", at: time)]
    }

    mutating func answer(
      _ days: ClosedRange<Int>, of perMille: Int, method: CaseCommand.Reply.Method? = nil
    ) -> [Action] {
      guard chance.happens(perMille) else { return [] }
      let method = method ?? chance.one(of: [.phone, .writing, .writing, .wechat])
      return give(.reply(CaseCommand.Reply(by: name, method: method, text: "已经办好了")), days)
    }
  }
}
