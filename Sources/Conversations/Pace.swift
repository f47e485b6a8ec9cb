/// How long a citizen may take over one opinion, by the times at which they wrote.
package struct Pace: Hashable, Sendable {
  /// The most between two messages of one opinion.
  package var idle: Duration
  /// The most from its first message to its last, and from a scan to the first message under its code.
  package var longest: Duration
  /// How long after its time is up an opinion still waits for a message that is on its way. WeChat sends one that nobody
  /// answers up to three times, five seconds apart; a gateway that spooled publishes one after the other.
  package var patience: Duration

  package init(
    idle: Duration = .seconds(10 * 60), longest: Duration = .seconds(60 * 60), patience: Duration = .seconds(30)
  ) {
    self.idle = idle
    self.longest = longest
    self.patience = patience
  }
}
