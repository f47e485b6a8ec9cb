import HTTPValues
import Synchronization

/// Tells at `/news` whatever is printed to all who read it, and to each the last print first.
final class Paper: Controller {
  private struct State {
    var newest: ServerSentEvent?
    var isClosed = false
    var opened = 0
    var readers: [Int: AsyncStream<ServerSentEvent>.Continuation] = [:]
    /// What the one reader of the test has been given of the newest print.
    var unread = 0
    var watching: [(until: @Sendable (_ readers: Int, _ unread: Int) -> Bool, CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var readers: Int { state.withLock { $0.readers.count } }
  var opened: Int { state.withLock { $0.opened } }

  func respond(to request: Request) async -> Response? {
    guard request.path == "/news" else { return nil }
    return .events { [self] in
      let (stream, continuation) = AsyncStream.makeStream(of: ServerSentEvent.self)
      let number = change { state in
        state.opened += 1
        if let newest = state.newest { continuation.yield(newest) }
        if state.isClosed { continuation.finish() } else { state.readers[state.opened] = continuation }
        return state.opened
      }
      continuation.onTermination = { [self] _ in change { $0.readers[number] = nil } }
      return stream.map { [self] event in
        change { $0.unread = 0 }
        return event
      }
    }
  }

  func print(_ text: String) {
    change { state in
      let event = ServerSentEvent(id: String(text.prefix(9)), name: "news", data: text)
      state.newest = event
      state.unread += 1
      state.readers.values.forEach { $0.yield(event) }
    }
  }

  func close() {
    let readers = change { state in
      state.isClosed = true
      return state.readers.values
    }
    readers.forEach { $0.finish() }
  }

  func someoneReads() async { await watch { readers, _ in readers > 0 } }
  func nobodyReads() async { await watch { readers, _ in readers == 0 } }
  /// The server has taken over all that was printed.
  func isRead() async { await watch { _, unread in unread == 0 } }

  private func change<Result>(_ body: (inout State) -> sending Result) -> sending Result {
    let (result, done) = state.withLock { state in
      let result = body(&state)
      let done = state.watching.filter { $0.until(state.readers.count, state.unread) }
      state.watching.removeAll { $0.until(state.readers.count, state.unread) }
      return (result, done.map(\.1))
    }
    done.forEach { $0.resume() }
    return result
  }

  private func watch(_ until: @escaping @Sendable (Int, Int) -> Bool) async {
    await withCheckedContinuation { continuation in change { $0.watching.append((until, continuation)) } }
  }
}
