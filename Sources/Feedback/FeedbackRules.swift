import Cases
import Time
package import YAMLForms

/// Whom to tell of what, in which words, over which channels, and when not: an operator's file, see
/// `Resources/feedback.yaml`, which explains itself.
package struct FeedbackRules: Sendable {
  /// Each record of feedback says by which rules it was made.
  package let version: String
  let quiet: QuietHours
  private let orders: [ChannelPlan.Purpose: [FeedbackChannel]]
  private let waits: [FeedbackChannel: Duration]
  private let words: [CaseEvent.Name: [Recipient: Words]]

  init(
    version: String, quiet: QuietHours, orders: [ChannelPlan.Purpose: [FeedbackChannel]],
    waits: [FeedbackChannel: Duration], words: [CaseEvent.Name: [Recipient: Words]]
  ) {
    self.version = version
    self.quiet = quiet
    self.orders = orders
    self.waits = waits
    self.words = words
  }

  /// Those that ship with the program.
  package static func shipped() throws(InvalidFile) -> FeedbackRules {
    try FeedbackFile.parse(String(decoding: PackageResources.feedback_yaml, as: UTF8.self), file: "feedback.yaml")
  }

  func order(_ purpose: ChannelPlan.Purpose) -> [FeedbackChannel] { orders[purpose] ?? [] }

  /// How long after it may be sent it is waited for that somebody says what became of it.
  func patience(_ channel: FeedbackChannel) -> Duration { waits[channel] ?? .seconds(24 * 3600) }

  /// `nil`: they aren't told of such.
  func words(of event: CaseEvent.Name, for recipient: Recipient) -> Words? { words[event]?[recipient] }
}
