import Cases
import EventLog
import Routing
import Streams
import Testing
import Time

/// A summer in which everything happens that can happen to a case.
struct CountyStory {
  private(set) var county: County
  private let administrator = Actor(role: .administrator, id: "a-1")

  static func told() throws -> County {
    var story = try CountyStory()
    try story.oneThatTakesLong()
    try story.handledTogether()
    try story.forgottenOnTheDesk()
    try story.underNewRules()
    return story.county
  }

  private static func policy(_ version: String, reply: Int) throws -> ReplyPolicy {
    try ReplyPolicy(version: version) { policy in
      policy.reply = .workingDays(reply)
      policy.pause = 10
      policy.reviewShare = 1000
      policy.keySupervisions = 1
    }
  }

  private init() throws {
    let day = try #require(CalendarDate("2026-06-01"))
    let directory = try DirectoryFile.parse(DirectoryExample.yaml(on: day), file: "example.yaml")
    county = County(
      directory, policy: try Self.policy("life-1", reply: 7),
      now: TimeOffset.shanghai.instant(of: day, at: .seconds(36_000)))
  }

  // MARK: What is told

  private mutating func oneThatTakesLong() throws {
    let one = try open("one", "柳溪镇上河村的路灯坏了一个月，晚上孩子放学回家什么也看不见。")
    let more = try open("more", "柳溪镇上河村的路灯坏了一个月，晚上孩子放学回家什么也看不见！")
    try county.give(.sign(order()), to: one)
    try county.give(.sign(order()), to: one)
    let request = CaseCommand.RequestExtension(by: "县住建局", actor: administrator, reason: "等配件", workingDays: 3)
    try county.give(.requestExtension(request), to: one)
    try county.give(.denyExtension(order("可先临时照明")), to: one)
    try county.give(.requestExtension(request), to: one)
    try county.give(.extend(.init(by: "督办室", actor: administrator)), to: one)
    try county.give(.coHandle(.init(by: "上河村站", actor: administrator, reason: "要挖路", with: ["jtj"])), to: one)
    try county.give(.supervise(.init(by: "督办室", actor: administrator, leader: "张副主任")), to: one)
    try county.give(.supervise(.init(by: "督办室", leader: "李副主任")), to: more)
    try county.give(.pause(order("等鉴定")), to: one)
    try pass(days: 2)
    try county.give(.resume(order()), to: one)
    try county.give(.return(order("不属本村")), to: one)
    try county.give(.sign(order()), to: one)
    try county.give(.transfer(.init(by: "柳溪镇站", actor: administrator, reason: "属农业", to: "nyj")), to: one)
    try county.give(.sign(order()), to: one)
    try county.give(.raise(order("共性问题")), to: one)
    let category = CaseCommand.CorrectCategory(by: "总站", actor: administrator, category: "城乡建设", reason: "说的是路灯")
    try county.give(.correctCategory(category), to: one)
    let assignment = Assignment(
      owner: Owner(id: "liuxi", kind: .station, name: "柳溪镇代表联络站"), reason: "总站研判", directory: "d-1")
    try county.give(
      .assign(.init(assignment: assignment, because: .decided, by: "总站", actor: administrator)), to: one)
    try answer(one, .delivered)
    try county.give(.rate(.init(satisfaction: .satisfied, text: "亮了")), to: one)
    try pass(days: 40)
    try county.give(.review(.init(by: "督办室", actor: administrator, upheld: false, text: "又坏了")), to: one)
    try county.give(.disclose(order("电话答复")), to: one)
    try county.give(.erase(order("本人要求")), to: one)
    try open("one-again", "又坏了，请再来看看这几盏路灯。", case: one)
  }

  private mutating func handledTogether() throws {
    let lead = try open("lead", "开发区的厂房夜里施工，噪声很大。")
    let member = try open("member", "滨河路半夜打桩，吵得睡不着觉。")
    let merge = CaseCommand.merge(.init(by: "总站", actor: administrator, reason: "同一工地", into: lead))
    try county.give(merge, to: member)
    try county.give(.unmerge(.init(by: "总站", actor: administrator, reason: "再看看")), to: member)
    try county.give(merge, to: member)
    try county.give(
      .escalate(.init(by: "河口站", actor: administrator, reason: "须市里协调", level: "city")), to: lead)
    try answer(lead, .failed)
    try county.give(.reopen(order("没找到人")), to: lead)
    try county.give(delivery(.delivered, of: member), to: member)
    try county.give(.close(order()), to: member)
    let late = try open("late", "滨河路的打桩声又来了，请一并处理。")
    try county.give(.merge(.init(by: "总站", into: member)), to: late)
    let court = try open("court", "东园社区的合同纠纷，法院还没有判下来。")
    let neighbour = try open("neighbour", "我也是东园社区那份合同的当事人之一。")
    try county.give(.merge(.init(by: "总站", into: court)), to: neighbour)
    try county.give(
      .refuse(.init(by: "总站", actor: administrator, reason: "法院已立案", ground: "诉讼中")), to: court)
  }

  private mutating func forgottenOnTheDesk() throws {
    let forgotten = try open("forgotten", "岭下乡松坪村的水渠堵了，秧苗没有水。")
    let soon = GivenTime(county.now + .seconds(2 * 86_400))
    try pass(days: 20)
    try county.give(.reply(.init(by: "松坪村站", method: .onTheSpot, text: "已疏通")), to: forgotten, at: soon)
  }

  private mutating func underNewRules() throws {
    try open("newest", "东园社区的健身器材缺了一块踏板。")
    let rules = CaseRules(policy: try Self.policy("life-2", reply: 10), calendar: .builtIn)
    let envelope = CloudEvent(id: "life-2", source: Sources.rules, type: "", time: GivenTime(county.now))
    let commands = TopicSpecification(name: Topics.commands, partitions: 1, cleanup: .delete(after: nil))
    for output in RulesRecord.outputs(rules.json, as: envelope, to: commands) {
      try county.publish(output.topic, output.record)
    }
  }

  // MARK: Its words

  private func order(_ reason: String? = nil) -> CaseCommand.Order {
    CaseCommand.Order(by: "总站", actor: administrator, reason: reason)
  }

  private func delivery(_ result: CaseCommand.RecordDelivery.Result, of id: CaseID) throws -> CaseCommand {
    .recordDelivery(
      .init(feedback: try county.answer(of: id), channel: "sms", result: result, final: result == .failed ? true : nil))
  }

  /// Answers, fails to tell it over one channel, and then it arrives or doesn't.
  private mutating func answer(_ id: CaseID, _ result: CaseCommand.RecordDelivery.Result) throws {
    try county.give(.reply(.init(by: "李工", actor: administrator, method: .writing, text: "已修复")), to: id)
    let first = CaseCommand.RecordDelivery(
      feedback: try county.answer(of: id), channel: "wechat", result: .failed, reason: "45015")
    try county.give(.recordDelivery(first), to: id)
    try county.give(delivery(result, of: id), to: id)
  }

  private mutating func pass(days: Int) throws { try county.pass(to: county.now + .seconds(days * 86_400)) }

  @discardableResult
  private mutating func open(_ opinion: String, _ text: String, case given: CaseID? = nil) throws -> CaseID {
    let id = try #require(given ?? CaseID(opinion))
    let time = GivenTime(county.now)
    let submission = Submission(
      opinion: OpinionReference(source: "/gateway", id: opinion), received: time, recorded: time, historic: false,
      statement: Statement(Opinion(channel: "web", text: text, address: String(text.prefix(7)))))
    let classified = ClassifiedOpinion(
      submission: submission,
      classification: Classification(category: "城乡建设", confidence: 0.9, why: [], version: "rules-1"))
    let event = CloudEvent(
      id: opinion + ".0", source: Sources.classify, type: EventTypes.opinionClassified, subject: id.text, time: time,
      data: JSONData.encode(classified))
    try county.publish(Topics.classifications, event.record(key: id.key))
    return id
  }
}
