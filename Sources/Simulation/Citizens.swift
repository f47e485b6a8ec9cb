import Cases
import Streams
import Time

/// Citizens: what they say, and what they do when something becomes of it.
struct Citizens {
  let seed: UInt64

  private static let texts = [
    "第{}村村口的路灯坏了半个月，晚上很黑", "第{}镇到县城的公交车越来越少，老人看病不方便", "小区下水道堵了，污水流到街上",
    "第{}村的小学冬天没有暖气，孩子手都冻了", "工地拖欠工资三个月，一直没人管", "第{}村的水渠漏水，浇不上地",
    "养老保险断缴了，怎么补", "第{}镇卫生院晚上没有医生值班", "化工厂夜里排气，味道很大", "第{}村低保评得不公平",
    "建议给第{}镇的集市画停车位", "河边堆了很多垃圾没人清",
  ]
  private static let channels = ["web", "wechat", "phone", "sms", "letter", "app"]

  /// What somebody known by a number says, and who they are. Some are anonymous; not all can be reached.
  func opinion(_ number: Int, _ chance: inout Chance) -> Opinion {
    let place = chance.number(1...County.villages)
    let text = chance.one(of: Self.texts).replacing("{}", with: String(place))
    let channel = chance.one(of: Self.channels)
    var citizen = Citizen()
    if !chance.happens(200) {
      citizen.anonymous = false
      citizen.id = "wx-\(seed)-\(number)-openid"
      citizen.name = "民\(number)号某某"
      if chance.happens(700) { citizen.phone = Self.phone(number) }
      if chance.happens(300) { citizen.subscription = Subscription(once: ["t-\(number)"]) }
    }
    let code =
      switch chance.number(0...9) {
      case 0...2: "S-v\(place)"
      case 3: "S-t\(chance.number(1...County.townships))"
      case 4: "D-county-\(chance.number(1...210))"
      case 5: "D-township-\(chance.number(1...630))"
      default: String?.none
      }
    return Opinion(channel: channel, text: text, code: code, citizen: citizen)
  }

  /// Of nobody.
  static func phone(_ number: Int) -> String { "1990" + String(10_000_000 + number).suffix(7) }

  func react(to event: CaseEvent, _ id: String, in summary: CaseSummary, at now: Instant, calm: Bool) -> [Action] {
    var chance = Chance(seed, "citizen", id)
    func later(_ days: ClosedRange<Int>) -> Instant {
      now + .seconds(chance.number(days.lowerBound * 86_400...days.upperBound * 86_400) / 900 * 900)
    }
    let caseID = summary.id
    switch event {
    case .opened:
      if chance.happens(50) {
        let more = opinion(caseID.text.utf8.reduce(0) { $0 &* 31 &+ Int($1) & 0xfffff }, &chance)
        return [.opinion(more, of: caseID, id: id + "/more", at: later(0...12))]
      }
      guard chance.happens(8) else { return [] }
      return [erasure(of: caseID, id, at: later(0...30))]
    case .delivered:
      guard chance.happens(400) else { return [] }
      let mood = chance.number(0...99)
      let satisfaction: CaseCommand.Rate.Satisfaction =
        calm || mood < 70 ? .satisfied : mood < 85 ? .fair : .unsatisfied
      let rate = CaseCommand.rate(CaseCommand.Rate(satisfaction: satisfaction, text: mood < 10 ? "办得好" : nil))
      return [.command(rate, to: caseID, id: id + "/rate", at: later(0...9))]
    case .closed:
      if calm { return [] }
      if chance.happens(40) {
        let order = CaseCommand.Order(by: "群众", actor: Actor(role: .citizen, id: "page"), reason: "又坏了")
        return [.command(.reopen(order), to: caseID, id: id + "/again", at: later(1...60))]
      }
      return chance.happens(10) ? [erasure(of: caseID, id, at: later(0...60))] : []
    default: return []
    }
  }

  private func erasure(of caseID: CaseID, _ id: String, at time: Instant) -> Action {
    let order = CaseCommand.Order(by: "群众", actor: Actor(role: .citizen, id: "page"), reason: "请删除我的信息")
    return .command(.erase(order), to: caseID, id: id + "/erase", at: time)
  }
}
