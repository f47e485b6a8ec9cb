import Cases
import Monitoring
import Time
import WebPages

/// What only the signed-in see on the page of a case, in one language.
struct CaseWords: Sendable {
  let derivation, rule, calendar, policy, daysOff, until, rulesChanged, directory, supervisor, attendant,
    helpers: String
  let decider, correctedBy, second, told, channel, whom, about, outcome, kin, handle, address: String
  let sent, underWay, delivered, undelivered, none: String
  let similar, into, member, markedWords, rating, opinionTitle: String
  private let recipients: [String: String]
  private let channels: [String: String]
  private let deciders: [Classification.Decider: String]
  private let isEnglish: Bool

  func rule(_ term: Term, start: String) -> String {
    let count = term.count
    let length =
      switch term {
      case .workingDays: isEnglish ? "\(count) working days" : "\(count) 个工作日"
      case .calendarDays: isEnglish ? "\(count) days" : "\(count) 日"
      case .hours: isEnglish ? "\(count) hours" : "\(count) 小时"
      case .months: isEnglish ? "\(count) months" : "\(count) 个月"
      }
    if term.isHours { return isEnglish ? "\(length) from \(start) on" : "自 \(start) 起 \(length)" }
    return isEnglish ? "\(length) from the day after \(start)" : "自 \(start) 的次日起 \(length)"
  }

  func daysOff(_ count: Int, _ list: [String]) -> String {
    isEnglish ? "\(count): " + list.joined(separator: ", ") : "\(count) 天：" + list.joined(separator: "、")
  }

  func name(ofRecipient recipient: String) -> String { recipients[recipient] ?? recipient }
  func name(ofChannel channel: String) -> String { channels[channel] ?? channel }
  func name(of decider: Classification.Decider) -> String { deciders[decider] ?? decider.rawValue }

  static func of(_ language: Language) -> CaseWords {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  private static let chinese = CaseWords(
    derivation: "期限的由来", rule: "规则", calendar: "日历版本", policy: "答复规则版本", daysOff: "其间不计的休息日", until: "至",
    rulesChanged: "规则或日历变更", directory: "名录版本", supervisor: "督办联络站", attendant: "协办", helpers: "协办",
    decider: "归类方式", correctedBy: "更正人", second: "其次可能", told: "告知情况", channel: "渠道", whom: "告知谁", about: "告知什么",
    outcome: "是否送达",
    kin: "相关办件", handle: "办理这件", address: "地点", sent: "已发出", underWay: "等待回执", delivered: "已送达", undelivered: "未送达",
    none: "还没有告知过谁。", similar: "相似", into: "已并入", member: "并入本件", markedWords: "归类所依据的字词在意见中标出", rating: "群众评价",
    opinionTitle: "标题",
    recipients: [
      "citizen": "群众", "owner": "承办", "attendant": "协办", "supervisor": "督办联络站", "proposer": "提出代表",
    ], channels: ["wechat": "微信", "sms": "短信", "web": "网页", "email": "电子邮件", "phone": "电话"],
    deciders: [.model: "模型", .rule: "规则", .code: "所扫的码", .citizen: "来件注明", .person: "人工更正"], isEnglish: false)

  private static let english = CaseWords(
    derivation: "How the deadline came about", rule: "Rule", calendar: "Calendar", policy: "Reply policy",
    daysOff: "Days off that don't count", until: "until", rulesChanged: "the rules or the calendar changed",
    directory: "directory", supervisor: "Station that watches over it", attendant: "Helps", helpers: "Helpers",
    decider: "Decided by", correctedBy: "corrected by", second: "or else", told: "Who was told", channel: "Channel",
    whom: "Whom",
    about: "Of what", outcome: "Arrived", kin: "Other cases", handle: "Handle this case", address: "Place",
    sent: "sent", underWay: "no word yet", delivered: "delivered", undelivered: "not delivered",
    none: "Nobody has been told yet.", similar: "similar", into: "handled with", member: "handled with this one",
    markedWords: "the words that decided it are marked in the opinion", rating: "Rating", opinionTitle: "Title",
    recipients: [
      "citizen": "citizen", "owner": "owner", "attendant": "helper", "supervisor": "station that watches over it",
      "proposer": "deputy who proposed it",
    ], channels: ["wechat": "WeChat", "sms": "text message", "web": "web page", "email": "e-mail", "phone": "phone"],
    deciders: [
      .model: "the model", .rule: "a rule", .code: "the code that was scanned", .citizen: "whoever sent it",
      .person: "a person",
    ], isEnglish: true)
}
