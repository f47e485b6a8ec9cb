import HTTPTypes
import HTTPValues
import Testing

@Suite struct RequestTests {
  func request(
    _ target: String, headers: HTTPFields = [:], body: String = ""
  ) throws(MalformedTarget) -> Request {
    let head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: target, headerFields: headers)
    return try Request(head: head, body: Array(body.utf8))
  }

  @Test func `path, segments and query are decoded as UTF-8`() throws {
    let request = try request("/cases/%E5%9B%9E%E9%9F%B3+1?q=a%2Bb+c&flag&q=%E4%B8%AD=1&&k%3D=")
    #expect(request.path == "/cases/回音+1")
    #expect(request.segments == ["cases", "回音+1"])
    #expect(request.query == ["q": "中=1", "flag": "", "k=": ""])
  }

  @Test func `an encoded slash does not part segments and an encoded question mark begins no query`() throws {
    let request = try request("/a%2Fb/c%3Fd")
    #expect(request.segments == ["a/b", "c?d"])
    #expect(request.query.isEmpty)
  }

  @Test(arguments: [
    ("/", []), ("/a/", ["a", ""]), ("//a", ["", "a"]), ("/?x", []), ("http://host:1/a?b=c", ["a"]),
    ("HTTPS://host", []), ("http://host?q", []),
  ])
  func `the segments stand between the slashes`(target: String, segments: [String]) throws {
    #expect(try request(target).segments == segments)
  }

  @Test(arguments: [
    ("", MalformedTarget.noPath), ("*", .noPath), ("cases", .noPath), ("/%", .path), ("/%4", .path), ("/%zz", .path),
    ("/%+1", .path), ("/%FF", .path), ("/%E5%9B", .path), ("/%00", .path), ("/a%0D%0Ab", .path),
    ("/%C0%AF", .path), ("/a?q=%", .query), ("/a?%80=1", .query), ("/a?q=%ED%A0%80", .query),
  ])
  func `a target that cannot be decoded says which part`(target: String, error: MalformedTarget) {
    #expect(throws: error) { try request(target) }
  }

  @Test func `a form is decoded like a query, and only a form`() throws {
    let type = "Application/X-WWW-Form-URLencoded ; charset=UTF-8"
    let form = try request("/", headers: [.contentType: type], body: "text=%E4%BF%AE+%E8%B7%AF&a=1&a=2")
    #expect(form.form == ["text": "修 路", "a": "2"])
    #expect(try request("/", headers: [.contentType: type], body: "text=%F").form == nil)
    #expect(try request("/", headers: [.contentType: "text/plain"], body: "text=1").form == nil)
    #expect(try request("/", body: "text=1").form == nil)
  }
}
