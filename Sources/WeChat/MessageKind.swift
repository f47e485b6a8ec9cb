/// What a message or an event is counted as. All that isn't named here is `other`, so that nobody's input can make up
/// kinds.
package enum MessageKind: String, Hashable, Sendable, CaseIterable {
  case text, image, voice, video, location, link
  case scan, subscribe, unsubscribe, revoked
  case click, view
  /// A position reported by the telephone itself, event `LOCATION`.
  case position
  case templateSent = "template-sent"
  /// The three events of subscription messages.
  case subscription
  case profile
  case other
}
