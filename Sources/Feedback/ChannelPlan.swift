import Cases
import Time

/// Over which channel somebody is to be told something, and when.
struct ChannelPlan: Hashable {
  /// A channel that was of no use, and why, for a clerk.
  struct Passed: Hashable, Codable {
    let channel: String
    let reason: String
  }

  enum Purpose: String, Hashable, Sendable, CaseIterable { case answer, notice, rating }

  let channel: FeedbackChannel
  /// Where it is to wait for the morning.
  let notBefore: Instant?
  /// From then on it is no use.
  let expires: Instant
  /// Those that could follow it, in order.
  let fallback: [FeedbackChannel]
  /// Those that came before it, and why not.
  let passed: [Passed]

  /// Why nobody can be told, over all channels.
  struct Unreachable: Error, Hashable {
    let passed: [Passed]
  }

  /// The first of the rules' channels that can reach them.
  ///
  /// A message that has to wait for the morning, and would find WeChat's window closed by then, goes another way. Only an
  /// answer that no other way leads to is sent by night: better a light on a telephone than no answer. The public board
  /// is no way in that sense: they'd have to think of looking.
  /// - Parameter tried: channels that this answer was sent over already.
  init(
    _ purpose: Purpose, to contacts: Contacts, by rules: FeedbackRules, at now: Instant, without tried: Set<String> = []
  ) throws(Unreachable) {
    var passed: [Passed] = []
    var open: [ChannelPlan] = []
    var nightly: ChannelPlan?
    for channel in Self.order(purpose, contacts, rules) where !tried.contains(channel.rawValue) {
      switch Self.standing(of: channel, for: purpose, contacts, rules, now) {
      case .open(let from, let until):
        open.append(ChannelPlan(channel: channel, notBefore: from, expires: until, fallback: [], passed: passed))
      case .closesByMorning(let closes):
        let reason = "窗口在静默时段内关闭"
        nightly = ChannelPlan(channel: channel, notBefore: nil, expires: closes, fallback: [], passed: passed)
        passed.append(Passed(channel: channel.rawValue, reason: reason))
      case .closed(let reason): passed.append(Passed(channel: channel.rawValue, reason: reason))
      }
    }
    let isWorthTheNight = purpose == .answer && !open.contains { $0.channel != .board }
    guard let chosen = isWorthTheNight ? nightly ?? open.first : open.first else {
      throw Unreachable(passed: passed)
    }
    let fallback = open.map(\.channel).filter { $0 != chosen.channel }
    self.init(
      channel: chosen.channel, notBefore: chosen.notBefore, expires: chosen.expires, fallback: fallback,
      passed: chosen.passed)
  }

  private init(
    channel: FeedbackChannel, notBefore: Instant?, expires: Instant, fallback: [FeedbackChannel], passed: [Passed]
  ) {
    self.channel = channel
    self.notBefore = notBefore
    self.expires = expires
    self.fallback = fallback
    self.passed = passed
  }

  /// Each once. What takes somebody's hand is offered for an answer, and else only where the rules name it.
  private static func order(_ purpose: Purpose, _ contacts: Contacts, _ rules: FeedbackRules) -> [FeedbackChannel] {
    var order: [FeedbackChannel] = []
    for listed in rules.order(purpose) {
      let channel = listed == .own ? FeedbackChannel(rawValue: contacts.own) : listed
      if listed == .own, channel.isByHand, purpose != .answer { continue }
      if !order.contains(channel) { order.append(channel) }
    }
    return order
  }

  private enum Standing {
    case open(from: Instant?, until: Instant)
    case closesByMorning(Instant)
    case closed(String)
  }

  private static func standing(
    of channel: FeedbackChannel, for purpose: Purpose, _ contacts: Contacts, _ rules: FeedbackRules, _ now: Instant
  ) -> Standing {
    guard contacts.channels.contains(channel.needs) else { return .closed("没有留下联系方式") }
    let morning = rules.quiet.end(at: now, for: channel)
    let until = (morning ?? now) + rules.patience(channel)
    switch channel {
    case .wechat:
      let closes = contacts.window.closes
      guard now < closes else {
        return .closed(contacts.window.contact == .message ? "距最后一次来信已过48小时" : "距最后一次互动已过1分钟")
      }
      guard contacts.messagesLeft > reserve(purpose) else { return .closed("窗口内可发的条数已用完") }
      if let morning, morning >= closes { return .closesByMorning(closes) }
      return .open(from: morning, until: min(until, closes))
    case .wechatSubscription:
      guard contacts.subscriptions ?? 0 > 0 else { return .closed("没有可用的一次性订阅") }
    case .wechatTemplate:
      guard contacts.templates == true else { return .closed("没有长期订阅，公众号也不能发模板消息") }
    default: break
    }
    return .open(from: morning, until: until)
  }

  /// How many messages of WeChat's window are left to others: a notice leaves room for the answer and for asking what
  /// they think of it.
  private static func reserve(_ purpose: Purpose) -> Int { purpose == .notice ? 2 : 0 }
}
