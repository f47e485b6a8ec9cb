/// What a server takes from its clients, all of them together and each alone.
package struct ServerLimits: Sendable {
  /// Bytes of a body, where its controller doesn't say otherwise. A longer one is answered with 413.
  package var body = 1 << 20
  /// Bytes of all bodies kept at once. Beyond that a request is answered with 503.
  package var bodies = 256 << 20
  /// Requests under way at once. Beyond that a request is answered with 503.
  package var requests = 2000
  /// Responses at once that go on telling events; they aren't among the ``requests``. Beyond that a request for one is
  /// answered with 503.
  package var streams = 1000
  /// After which such a response ends; whoever still wants it asks again.
  package var streamAge = Duration.seconds(3600)
  /// How often the reader of one is sent a sign of life. A reader who hasn't taken one by the next is gone.
  package var streamBeat = Duration.seconds(20)
  /// Connections at once. Those beyond wait until others end.
  package var connections = 4000
  /// After which a connection is closed on which no request is being answered, or the head of one doesn't end.
  package var idle = Duration.seconds(30)
  /// How long a body may take, beside the time that its bytes take at ``slowest``.
  package var bodyPatience = Duration.seconds(30)
  /// In bytes per second.
  package var slowest = 4096

  package init() {}
}
