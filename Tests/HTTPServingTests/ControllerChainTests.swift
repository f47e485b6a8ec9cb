import HTTPServing
import HTTPTypes
import HTTPValues
import Testing

@Suite struct ControllerChainTests {
  struct Fixed: Controller {
    let path: String
    let response: Response

    func respond(to request: Request) async -> Response? {
      request.path == path ? response : nil
    }
  }

  func answer(
    _ method: HTTPRequest.Method, _ path: String, _ controllers: any Controller...
  ) async -> Response {
    let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
    return await ControllerChain(controllers).answer(head, body: [])
  }

  @Test func `the first controller to answer counts`() async {
    let (one, two) = (Fixed(path: "/a", response: .text("one")), Fixed(path: "/a", response: .text("two")))
    #expect(await answer(.get, "/a", Fixed(path: "/b", response: .text("zero")), one, two).body == Array("one".utf8))
  }

  @Test func `what is nobody's is a 404 problem`() async {
    let response = await answer(.get, "/nowhere", Echo())
    #expect(response.head.status == .notFound)
    #expect(response.head.headerFields[.contentType] == "application/problem+json")
  }

  @Test func `a target that cannot be decoded is a 400 problem that does not repeat it`() async {
    let response = await answer(.get, "/echo?q=%FFsecret", Echo())
    #expect(response.head.status == .badRequest)
    #expect(!String(decoding: response.body, as: UTF8.self).contains("secret"))
  }

  @Test func `HEAD is GET without its body`() async {
    let (head, get) = (await answer(.head, "/echo", Echo()), await answer(.get, "/echo", Echo()))
    #expect(head.head == get.head)
    #expect(head.body.isEmpty && !get.body.isEmpty)
    #expect(head.head.headerFields[.contentLength] == "\(get.body.count)")
  }

  @Test func `every response guards its reader, and a controller's own policy stands`() async {
    let plain = await answer(.get, "/nowhere").head.headerFields
    #expect(plain[.xContentTypeOptions] == "nosniff")
    #expect(plain[.contentSecurityPolicy] == "default-src 'self'")
    #expect(HTTPField.Name("Referrer-Policy").flatMap { plain[$0] } == "no-referrer")
    let own = Fixed(path: "/", response: .html("").with(.contentSecurityPolicy, "default-src 'none'"))
    #expect(await answer(.get, "/", own).head.headerFields[.contentSecurityPolicy] == "default-src 'none'")
  }

  @Test func `a response without content tells no length`() async {
    let none = Fixed(path: "/", response: Response(.noContent))
    #expect(await answer(.put, "/", none).head.headerFields[.contentLength] == nil)
  }
}
