/// What a response goes on telling for as long as its reader listens, instead of a body.
///
/// Only the newest event counts: whoever reads slowly misses those that came between.
package final class EventStream: Sendable, Equatable {
  package typealias Events = any AsyncSequence<ServerSentEvent, Never> & Sendable

  /// Called when the first event may be sent, at most once; what it gives is let go of when the reader is gone.
  package let open: @Sendable () -> Events

  package init(_ open: @escaping @Sendable () -> Events) {
    self.open = open
  }

  package static func == (one: EventStream, other: EventStream) -> Bool { one === other }
}
