import Attachments
import Testing

struct MultipartFormTests {
  private static let type = "multipart/form-data; boundary=xx"

  private static func read(_ body: String, type: String = type) throws(MultipartForm.Fault) -> MultipartForm {
    try MultipartForm(Array(body.utf8), contentType: type)
  }

  private static func part(_ name: String, _ text: String, _ more: String = "") -> String {
    "--xx\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(text)\r\n"
  }

  @Test func `fields and files are told apart`() throws {
    let form = try Self.read(
      Self.part("text", "路灯坏了\r\n三个月")
        + Self.part("files", "\u{1}\r\n--x", "; filename=\"a.jpg\"\r\nContent-Type: image/jpeg")
        + Self.part("files", "", "; filename=\"\"") + "--xx--\r\n")
    #expect(try form.fields() == ["text": "路灯坏了\r\n三个月"])
    #expect(form.files(named: "files").map { Array($0) } == [Array("\u{1}\r\n--x".utf8)])
    #expect(form.files(named: "text").isEmpty)
  }

  @Test func `of a name that stands twice the last value counts`() throws {
    #expect(try Self.read(Self.part("a", "1") + Self.part("a", "2") + "--xx--").fields() == ["a": "2"])
  }

  @Test func `what stands before the first part and behind the last is no part`() throws {
    let form = try Self.read("preamble\r\n" + Self.part("a", "1") + "--xx-- \t\r\nepilogue\r\n--xx\r\n")
    #expect(try form.fields() == ["a": "1"])
  }

  @Test func `an empty form has no parts`() throws {
    #expect(try Self.read("--xx--").parts.isEmpty)
  }

  @Test func `blanks behind a boundary are allowed, and a longer word is none`() throws {
    let body = "--xx \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--xxx\r\n--xx!\r\n\r\n--xx--"
    #expect(try Self.read(body).fields() == ["a": "1\r\n--xxx\r\n--xx!\r\n"])
  }

  @Test func `a boundary may be quoted and hold any sign that is allowed`() throws {
    let boundary = "a'()+_,-./:=? b"
    let body = "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--\(boundary)--"
    #expect(
      try Self.read(body, type: "Multipart/Form-Data; charset=utf-8; BOUNDARY=\"\(boundary)\"").fields() == ["a": "1"])
  }

  @Test(arguments: [
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a",
    "text/plain; boundary=xx",
    "multipart/mixed; boundary=xx", "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a\u{e9}\"",
    "multipart/form-data; boundary=" + String(repeating: "a", count: 71), "", "; boundary=xx",
  ])
  func `a content type without a boundary that can be one is refused`(type: String) {
    #expect(throws: MultipartForm.Fault.noBoundary) { try Self.read("--xx--", type: type) }
  }

  @Test(arguments: [
    "", "--xx", "--xx\r\n", "--xx\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x", "nothing",
  ])
  func `a body that ends too early is refused`(body: String) {
    #expect(throws: MultipartForm.Fault.unfinished) { try Self.read(body) }
  }

  @Test(arguments: [
    "--xx\r\n\r\n1\r\n--xx--", "--xx\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xx--",
    "--xx\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--xx--", "--xx\r\nnothing\r\n\r\n1\r\n--xx--",
    "--xx\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--xx--",
    "--xx\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--xx--",
    "--xx\r\nContent-Disposition: form-data; name=a\r\n--xx--",
    "--xx\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--xx--",
    "--xx\r\nContent-Disposition: form-data; name=a\r\nX: " + String(repeating: "y", count: 5000)
      + "\r\n\r\n1\r\n--xx--",
  ])
  func `a part whose header lines are not a form's is refused`(body: String) {
    #expect(throws: MultipartForm.Fault.malformedPart) { try Self.read(body) }
  }

  @Test func `no more parts are taken than a form of ours has`() throws {
    let most = (0..<MultipartForm.maximumParts).map { Self.part("f\($0)", "") }.joined()
    #expect(try Self.read(most + "--xx--").parts.count == MultipartForm.maximumParts)
    #expect(throws: MultipartForm.Fault.tooManyParts) { try Self.read(most + Self.part("more", "") + "--xx--") }
  }

  @Test func `a field that is not UTF-8 is refused`() throws {
    let body =
      Array("--xx\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8) + [0xc3, 0x28] + Array("\r\n--xx--".utf8)
    let form = try MultipartForm(body, contentType: Self.type)
    #expect(throws: MultipartForm.Fault.notText) { try form.fields() }
  }

  @Test(arguments: [
    (#"form-data; name="a\"b\\c""#, #"a"b\c"#), (#"form-data; name="C:\x""#, #"C:\x"#), ("form-data;name = a ", "a"),
    (#"form-data; name="a;b=c"; other=1;"#, "a;b=c"), (#"form-data; name="一"; name=b"#, "一"),
    (#"form-data; name="""#, ""),
  ])
  func `a name is read as browsers write it`(disposition: String, name: String) throws {
    let form = try Self.read("--xx\r\nContent-Disposition: \(disposition)\r\n\r\n1\r\n--xx--")
    #expect(form.parts.map(\.name) == [name])
  }

  @Test func `ten megabytes of what is nearly a boundary are read in one pass`() throws {
    let near = Array("\r\n--x".utf8)
    var body = Array(Self.part("a", "").utf8.dropLast(2))
    for _ in 0..<2_000_000 { body += near }
    body += Array("\r\n--xx--".utf8)
    let start = ContinuousClock.now
    #expect(try MultipartForm(body, contentType: Self.type).parts.count == 1)
    let time = ContinuousClock.now - start
    // Anything but one pass would take hours.
    #expect(time < .seconds(120))
  }
}
