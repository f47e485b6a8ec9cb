import HTTPTypes
import HTTPValues
import Testing

@Suite struct ResponseTests {
  func text(_ response: Response) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  @Test func `a problem document follows RFC 9457`() {
    let plain = Response.problem(.conflict, "Signed for “already”.")
    #expect(plain.head.status == .conflict)
    #expect(plain.head.headerFields[.contentType] == "application/problem+json")
    #expect(
      text(plain) == #"{"detail":"Signed for “already”.","status":409,"title":"Conflict","type":"about:blank"}"#)
    let own = Response.problem(.forbidden, "d", type: "https://example.org/key", title: "No key")
    #expect(text(own) == #"{"detail":"d","status":403,"title":"No key","type":"https://example.org/key"}"#)
  }

  @Test func `JSON has sorted keys, and what it cannot hold is a 500`() {
    #expect(text(.json(["b": "/", "a": "回"], status: .created)) == #"{"a":"回","b":"/"}"#)
    #expect(Response.json([1], status: .created).head.status == .created)
    #expect(Response.json([Double.nan]).head.status == .internalServerError)
  }

  @Test func `text and HTML say that they are UTF-8`() {
    #expect(Response.text("回").head.headerFields[.contentType] == "text/plain; charset=utf-8")
    #expect(Response.html("<p>回").head.headerFields[.contentType] == "text/html; charset=utf-8")
  }

  @Test func `a refused method names those allowed`() {
    let response = Response.methodNotAllowed(.get, .post)
    #expect(response.head.status == .methodNotAllowed)
    #expect(response.head.headerFields[.allow] == "GET, HEAD, POST")
  }
}
