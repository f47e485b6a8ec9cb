import Cases

/// A way to a person, by its name in our records. Besides those below every name that an opinion came by is one, such as
/// `web` or `app`: whoever came that way reads the answer on the page of their case.
struct FeedbackChannel: Hashable, Sendable, RawRepresentable {
  let rawValue: String

  /// A customer-service message (客服消息), for a short while after they wrote: see ``WeChatWindow``.
  static let wechat = FeedbackChannel(rawValue: "wechat")
  /// A message that they subscribed to, once (一次性订阅).
  static let wechatSubscription = FeedbackChannel(rawValue: "wechat-subscription")
  /// A template message or a lasting subscription (模板消息, 长期订阅).
  static let wechatTemplate = FeedbackChannel(rawValue: "wechat-template")
  static let sms = FeedbackChannel(rawValue: "sms")
  /// The list of those whom somebody is to call.
  static let phone = FeedbackChannel(rawValue: "phone")
  static let email = FeedbackChannel(rawValue: "email")
  static let letter = FeedbackChannel(rawValue: "letter")
  /// The public board (公示栏).
  static let board = FeedbackChannel(rawValue: "board")
  /// The page of the case, for someone who has its key.
  static let page = FeedbackChannel(rawValue: "page")
  /// An office's own desk, which finds the office by its id.
  static let office = FeedbackChannel(rawValue: "office")
  /// In a list of the rules: whichever the citizen came by.
  static let own = FeedbackChannel(rawValue: "own")

  /// Over these somebody else must carry the answer, and say whether it arrived.
  static let carried: Set<FeedbackChannel> = [
    .wechat, .wechatSubscription, .wechatTemplate, .sms, .phone, .email, .letter, .board,
  ]
  /// What a list of the rules may name.
  static let listed = carried.union([.own, .page])
  static let quietable: Set<FeedbackChannel> = [
    .wechat, .wechatSubscription, .wechatTemplate, .sms, .phone, .email, .office,
  ]

  var isCarried: Bool { Self.carried.contains(self) }

  /// Somebody has to take pen or telephone in hand.
  var isByHand: Bool { self == .phone || self == .letter }

  /// What the citizen must have given for it.
  var needs: Reach.Channel {
    switch self {
    case .wechat, .wechatSubscription, .wechatTemplate: .wechat
    case .sms: .sms
    case .phone: .phone
    case .email: .email
    case .letter: .letter
    case .board: .board
    default: .page
    }
  }

  /// For the clerk who reads why somebody was not reached.
  var words: String {
    switch self {
    case .wechat: "微信消息"
    case .wechatSubscription: "微信订阅消息"
    case .wechatTemplate: "微信模板消息"
    case .sms: "短信"
    case .phone: "电话"
    case .email: "电子邮件"
    case .letter: "信函"
    case .board: "公示栏"
    case .page: "办件页"
    default: rawValue
    }
  }
}
