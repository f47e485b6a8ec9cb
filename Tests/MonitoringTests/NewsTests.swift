import HTTPTypes
import HTTPValues
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

  private func live(_ news: News, heard: String? = nil) async throws -> [ServerSentEvent] {
    var fields = HTTPFields()
    if let heard, let name = HTTPField.Name("Last-Event-ID") { fields[name] = heard }
    let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/live", headerFields: fields)
    let response = await LiveController(news).respond(to: try Request(head: head))
    let open = try #require(response?.events?.open)
    var events: [ServerSentEvent] = []
    for await event in open() {
      events.append(event)
      if event.data == #"{"version":4}"# { break }
      news.advance()
    }
    return events
  }

  @Test func `a page that connects is told the present number, and one that knows it hears of the next`() async throws {
    func event(_ number: Int) -> ServerSentEvent {
      ServerSentEvent(id: "\(number)", name: "changed", data: #"{"version":\#(number)}"#)
    }
    let fresh = News(version: 3, wait: { _ in })
    #expect(try await live(fresh) == [event(3), event(4)])
    let missed = News(version: 3, wait: { _ in })
    #expect(try await live(missed, heard: "2") == [event(3), event(4)])
    let known = News(version: 3, wait: { _ in })
    async let next = live(known, heard: "3")
    while known.listeners == 0 { await Task.yield() }
    known.advance()
    #expect(try await next == [event(4)])
  }

  @Test func `the live page is its own path, to be read only`() async throws {
    let news = News(version: 0, wait: { _ in })
    func ask(_ method: HTTPRequest.Method, _ path: String) async throws -> Response? {
      let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
      return await LiveController(news).respond(to: try Request(head: head))
    }
    #expect(try await ask(.post, "/live")?.head.status == .methodNotAllowed)
    #expect(try await ask(.get, "/lively") == nil)
  }
}
