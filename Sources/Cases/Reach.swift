/// How a citizen can be reached, without saying who they are: it stays in their case for good. Whoever carries an answer
/// finds the address itself in `citizens`.
package struct Reach: Hashable, Sendable, Codable {
  package enum Channel: String, Hashable, Sendable, Codable, CaseIterable {
    case wechat, sms, phone, email, letter
    /// The page of their case, with its key.
    case page
    /// The public board, where answers to the anonymous hang.
    case board
  }

  /// Each once, in the order above.
  package var channels: [Channel]
  /// The official account of WeChat that they wrote to.
  package var account: String?
  /// How many messages they subscribed to, each of which can be sent once; `nil` for none.
  package var subscribed: Int?
  /// Whether the account may send them templates at any time; `nil` if not.
  package var templates: Bool?

  package init(channels: [Channel], account: String? = nil, subscribed: Int? = nil, templates: Bool? = nil) {
    self.channels = channels
    self.account = account
    self.subscribed = subscribed
    self.templates = templates
  }

  /// Someone who came by phone, message or letter and is known to their gateway by an id alone can be reached by it; all
  /// others by what they gave.
  package init(_ opinion: Opinion) {
    let citizen = opinion.citizen
    func isGiven(_ text: String?) -> Bool { text?.contains { !$0.isWhitespace } ?? false }
    func cameBy(_ channel: Channel) -> Bool { opinion.channel == channel.rawValue }
    let chat = citizen.id.flatMap(ChatID.init(citizen:))
    let hasID = isGiven(citizen.id)
    channels = Channel.allCases.filter { channel in
      switch channel {
      case .wechat: chat != nil || cameBy(.wechat) && hasID
      case .sms, .phone: isGiven(citizen.phone) || cameBy(channel) && hasID
      case .email: isGiven(citizen.email) || cameBy(.email) && hasID
      case .letter: cameBy(.letter) && (hasID || isGiven(citizen.name))
      case .page: true
      case .board: citizen.anonymous
      }
    }
    account = chat?.account
    if let once = citizen.subscription?.once, !once.isEmpty { subscribed = once.count }
    if citizen.subscription?.always?.isEmpty == false { templates = true }
  }
}
