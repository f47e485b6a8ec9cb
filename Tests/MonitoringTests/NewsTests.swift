import Monitoring
import Synchronization
import Testing

struct NewsTests {
  /// Pauses that end when the test says so.
  private final class Pauses: Sendable {
    private struct State {
      var paused: [CheckedContinuation<Void, Never>] = []
      var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var wait: @Sendable (Duration) async -> Void {
      { [self] duration in
        #expect(duration == .milliseconds(500))
        await withCheckedContinuation { continuation in
          let waiting = state.withLock { state in
            state.paused.append(continuation)
            defer { state.waiting = [] }
            return state.waiting
          }
          waiting.forEach { $0.resume() }
        }
      }
    }

    /// Waits until a pause has begun, and ends it.
    func end() async {
      await withCheckedContinuation { continuation in
        let isThere = state.withLock { state in
          if state.paused.isEmpty { state.waiting.append(continuation) }
          return !state.paused.isEmpty
        }
        if isThere { continuation.resume() }
      }
      state.withLock { $0.paused.removeFirst() }.resume()
    }
  }

  @Test func `a listener hears the present number, then each new one`() async {
    let pauses = Pauses()
    let news = News(version: 7, wait: pauses.wait)
    var numbers = news.stream().makeAsyncIterator()
    #expect(await numbers.next() == 7)
    news.advance()
    #expect(await numbers.next() == 8)
    await pauses.end()
    #expect(news.version == 8)
  }

  @Test func `a thousand changes at once are told twice: the first at once, the rest after the pause`() async {
    let pauses = Pauses()
    let news = News(version: 0, wait: pauses.wait)
    var numbers = news.stream().makeAsyncIterator()
    #expect(await numbers.next() == 0)
    for _ in 0..<1000 { news.advance() }
    #expect(await numbers.next() == 1)
    #expect(news.version == 1)
    await pauses.end()
    #expect(await numbers.next() == 2)
    await pauses.end()
    #expect(news.version == 2)
  }

  @Test func `who reads slowly hears the newest`() async {
    let pauses = Pauses()
    let news = News(version: 0, wait: pauses.wait)
    var (slow, quick) = (news.stream().makeAsyncIterator(), news.stream().makeAsyncIterator())
    for number in 1...3 {
      news.advance()
      while await quick.next() != number {}
      await pauses.end()
      // The next change finds the pause over, or is told at its end.
    }
    #expect(await slow.next() == 3)
  }

  @Test func `with nobody to spare every change counts at once, and nothing runs`() {
    let news = News(version: 0, wait: { _ in Issue.record("nobody listens") })
    for _ in 0..<10 { news.advance() }
    #expect(news.version == 10)
  }

  @Test func `who stops listening is forgotten`() async {
    let news = News(version: 0, wait: { _ in })
    do {
      var numbers = news.stream().makeAsyncIterator()
      #expect(await numbers.next() == 0)
      #expect(news.listeners == 1)
    }
    #expect(news.listeners == 0)
    let listening = Task { for await _ in news.stream() {} }
    listening.cancel()
    await listening.value
    #expect(news.listeners == 0)
  }
}
