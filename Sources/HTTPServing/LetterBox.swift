import Synchronization

/// What one reader is still to be sent: the newest event, or a sign of life. It never holds more.
final class LetterBox: Sendable {
  private struct State {
    var event: [UInt8]?
    /// From the start, so that the reader and the proxies before it see at once that they are heard.
    var isSignDue = true
  }

  private let state = Mutex(State())
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation

  init() {
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    arrival.yield()
  }

  /// Takes the place of one that hasn't been sent.
  func put(_ event: [UInt8]) {
    state.withLock { $0.event = event }
    arrival.yield()
  }

  /// A comment, which readers pass over. False if the one before hasn't been sent yet, nor anything since.
  func putSignOfLife() -> Bool {
    let isTaken = state.withLock { state in
      defer { state.isSignDue = true }
      return !state.isSignDue
    }
    if isTaken { arrival.yield() }
    return isTaken
  }

  /// Nothing more will be put in.
  func close() {
    arrival.finish()
  }

  /// What is to be sent, as it comes, to the last; for one reader.
  var all: some AsyncSequence<[UInt8], Never> & Sendable {
    arrivals.compactMap { [self] in take() }
  }

  /// An event is as good a sign of life as any.
  private func take() -> [UInt8]? {
    state.withLock { state in
      defer { state = State(event: nil, isSignDue: false) }
      return state.event ?? (state.isSignDue ? Self.signOfLife : nil)
    }
  }

  private static let signOfLife = Array(": still here\n\n".utf8)
}
