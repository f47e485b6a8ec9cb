import HTTPValues
import Hummingbird
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// Sends one reader the events of a response, until the server stops, the reader is gone, the events end, or the
/// response is old enough.
struct EventSending: Sendable {
  /// Has let the time of a sign of life pass without taking anything, so that not even the end can be told it.
  struct StuckReader: Error {}

  private let events: EventStream
  private let wait: @Sendable (Duration) async -> Void
  private let beat: Duration
  private let age: Duration

  init(_ events: EventStream, wait: @escaping @Sendable (Duration) async -> Void, beat: Duration, age: Duration) {
    self.events = events
    self.wait = wait
    self.beat = beat
    self.age = age
  }

  /// Ends the body, or throws, whereupon the connection is closed.
  func send(to writer: inout any ResponseBodyWriter, on channel: any Channel) async throws {
    let (departures, departure) = AsyncStream.makeStream(of: Void.self)
    channel.closeFuture.whenComplete { _ in departure.finish() }
    let letters = LetterBox()
    // Used only by the one task that sends, until it has ended.
    nonisolated(unsafe) var sender = writer
    try await withThrowingTaskGroup(of: Void.self) { ends in
      ends.addTask {
        async let all: Void = collect(in: letters)
        for await bytes in letters.all { try await sender.write(ByteBuffer(bytes: bytes)) }
        await all
      }
      ends.addTask {
        repeat { await wait(beat) } while !Task.isCancelled && letters.putSignOfLife()
      }
      ends.addTask { await wait(age) }
      ends.addTask { try? await gracefulShutdown() }
      ends.addTask { for await _ in departures {} }
      // Whichever comes first. A write that the reader doesn't take is cancelled with all others.
      defer { ends.cancelAll() }
      try await ends.next()
    }
    guard channel.isWritable else { throw StuckReader() }
    try await writer.finish(nil)
  }

  private func collect(in letters: LetterBox) async {
    for await event in events.open() { letters.put(event.bytes) }
    letters.close()
  }
}
