import Cases
import Time

/// What is known of reaching a case's citizen. Kept for every case, hence short.
struct Contacts: Hashable, Codable {
  /// The channel that they came by.
  let own: String
  /// Each once, in the order of `Reach`: a set has another one in every process, and equal state must be equal bytes.
  private(set) var channels: [Reach.Channel]
  /// When they last came; over WeChat, when they last wrote, or touched a page there.
  private(set) var last: Instant
  /// That was a touch only.
  private(set) var touched: Bool?
  /// Messages written to them on WeChat since.
  private(set) var sent: Int?
  /// Subscriptions that aren't used yet.
  private(set) var subscriptions: Int?
  private(set) var templates: Bool?

  init(_ submission: Submission) {
    let statement = submission.statement
    let reach = statement.reach
    own = statement.channel
    channels = Self.ordered(reach?.channels ?? [FeedbackChannel(rawValue: own).needs, .page])
    last = submission.received.instant
    touched = own == FeedbackChannel.wechat.rawValue ? nil : true
    subscriptions = reach?.subscribed
    templates = reach?.templates
  }

  /// A case of earlier versions, which kept the channel alone: it is tried, and its carrier will say if it's closed.
  init(unknownBut own: String, at now: Instant) {
    self.own = own
    channels = Self.ordered([FeedbackChannel(rawValue: own).needs, .page])
    last = now
  }

  private static func ordered(_ channels: [Reach.Channel]) -> [Reach.Channel] {
    Reach.Channel.allCases.filter(channels.contains)
  }

  /// They wrote again: what they gave this time counts too.
  mutating func add(_ submission: Submission) {
    let other = Contacts(submission)
    channels = Self.ordered(channels + other.channels)
    if let granted = other.subscriptions { subscriptions = (subscriptions ?? 0) + granted }
    if other.templates == true { templates = true }
    guard other.channels.contains(.wechat), other.last >= last else { return }
    // A touch leaves the window open that a message opened.
    if other.touched == true, touched == nil, other.last < window.closes { return }
    last = other.last
    touched = other.touched
    sent = nil
  }

  var window: WeChatWindow { WeChatWindow(contact: touched == true ? .touch : .message, began: last) }
  var messagesLeft: Int { max(0, window.messages - (sent ?? 0)) }

  mutating func use(_ channel: FeedbackChannel) {
    if channel == .wechat { sent = (sent ?? 0) + 1 }
    if channel == .wechatSubscription { subscriptions = subscriptions.map { $0 - 1 } }
  }
}
