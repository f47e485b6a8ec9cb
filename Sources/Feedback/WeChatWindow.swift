import Time

/// How long, and how often, an official account may write to someone of its own accord: the rule of WeChat since
/// 2023-06-12. What it answers at once, in the reply to the callback itself, doesn't count.
struct WeChatWindow: Hashable, Sendable {
  /// What the citizen did last.
  enum Contact: String, Hashable, Sendable {
    /// They wrote: 5 messages within 48 hours.
    case message
    /// They scanned a code, followed the account or used its menu: 3 messages within a minute.
    case touch
  }

  let contact: Contact
  let began: Instant

  /// The first moment that is too late.
  var closes: Instant { began + (contact == .message ? .seconds(48 * 3600) : .seconds(60)) }
  var messages: Int { contact == .message ? 5 : 3 }
}
