import HTTPTypes
import HTTPValues
import Monitoring
import Testing
import WebPages

struct LiveControllerTests {
  private func controller(_ news: News) -> LiveController { LiveController { news.stream() } }

  private func live(_ news: News, heard: String? = nil) async throws -> [ServerSentEvent] {
    var fields = HTTPFields()
    if let heard, let name = HTTPField.Name("Last-Event-ID") { fields[name] = heard }
    let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/live", headerFields: fields)
    let response = await controller(news).respond(to: try Request(head: head))
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

  @Test func `the script is served beside it`() async throws {
    let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/huiyin.js")
    let response = await controller(News(version: 0, wait: { _ in })).respond(to: try Request(head: head))
    #expect(response?.head.headerFields[.contentType] == "text/javascript; charset=utf-8")
    #expect(response.map { String(decoding: $0.body, as: UTF8.self).contains("EventSource(\"/live\")") } == true)
  }

  @Test func `the live page is its own path, to be read only`() async throws {
    let news = News(version: 0, wait: { _ in })
    func ask(_ method: HTTPRequest.Method, _ path: String) async throws -> Response? {
      let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
      return await controller(news).respond(to: try Request(head: head))
    }
    #expect(try await ask(.post, "/live")?.head.status == .methodNotAllowed)
    #expect(try await ask(.get, "/lively") == nil)
  }
}
