import Accounts
import Cases
import Desk
import Foundation
import HTTPTypes
import HTTPValues
import Testing

/// Somebody at a browser, signed in or not.
struct Browser {
  struct Page {
    let status: Int
    let text: String
    let headers: HTTPFields

    var location: String? { headers[.location] }

    /// The form of that name, from its heading to its end.
    func form(_ name: String) -> Substring? {
      guard let start = text.firstRange(of: "<details class=\"command\" id=\"\(name)\"") else { return nil }
      let rest = text[start.lowerBound...]
      return rest.firstRange(of: "</details>").map { rest[..<$0.upperBound] }
    }

    var forms: [String] {
      text.split(separator: "<details class=\"command\" id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    func hidden(_ field: String, of form: String) throws -> String {
      let form = try #require(self.form(form))
      let start = try #require(form.firstRange(of: "name=\"\(field)\" value=\""))
      return String(form[start.upperBound...].prefix { $0 != "\"" })
    }
  }

  let office: Office
  let cookie: String?
  var language: String?

  init(_ office: Office, _ name: String?) throws {
    self.office = office
    guard let name else {
      cookie = nil
      return
    }
    let request = try Request(head: HTTPRequest(method: .post, scheme: "http", authority: "desk", path: "/sign-in"))
    let setting = office.doorkeeper.begin(for: try #require(office.users[name]), on: request)
    cookie = String(setting.prefix { $0 != ";" })
  }

  private func fields() -> HTTPFields {
    var fields = HTTPFields()
    fields[.accept] = "text/html"
    fields[.cookie] = cookie
    fields[.acceptLanguage] = language
    return fields
  }

  private func ask(_ head: HTTPRequest, _ body: [UInt8] = []) async throws -> Page {
    let request = try Request(head: head, body: body)
    let response = try #require(await office.controller.respond(to: request))
    return Page(
      status: response.head.status.code, text: String(decoding: response.body, as: UTF8.self),
      headers: response.head.headerFields)
  }

  func get(_ path: String) async throws -> Page {
    try await ask(HTTPRequest(method: .get, scheme: "http", authority: "desk", path: path, headerFields: fields()))
  }

  func post(_ path: String, _ form: [String: String], from site: String? = nil) async throws -> Page {
    var fields = fields()
    fields[.contentType] = "application/x-www-form-urlencoded"
    if let site, let name = HTTPField.Name("Sec-Fetch-Site") { fields[name] = site }
    let body = form.sorted { $0.key < $1.key }.map { Self.encoded($0.key) + "=" + Self.encoded($0.value) }
      .joined(separator: "&")
    return try await ask(
      HTTPRequest(method: .post, scheme: "http", authority: "desk", path: path, headerFields: fields), Array(body.utf8))
  }

  func post(_ path: String, body: [UInt8], type: String) async throws -> Page {
    var fields = fields()
    fields[.contentType] = type
    return try await ask(
      HTTPRequest(method: .post, scheme: "http", authority: "desk", path: path, headerFields: fields), body)
  }

  /// The same with files, as a browser writes them.
  func send(
    _ form: String, of id: String, _ values: [String: String], files: [[UInt8]]
  ) async throws -> Page {
    let page = try await get("/desk/cases/\(id)")
    var fields = values
    fields["form"] = try page.hidden("form", of: form)
    fields["id"] = try page.hidden("id", of: form)
    var body: [UInt8] = []
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      body += "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
    }
    for file in files {
      body += "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\n".utf8
      body += file + "\r\n".utf8
    }
    body += "--edge--\r\n".utf8
    return try await post("/desk/cases/\(id)/\(form)", body: body, type: "multipart/form-data; boundary=edge")
  }

  /// Fills in a form of a case as it is shown just now, and sends it.
  func send(_ form: String, of id: String, _ values: [String: String] = [:]) async throws -> Page {
    let page = try await get(form == "disclose" ? "/desk/cases/\(id)/citizen" : "/desk/cases/\(id)")
    return try await send(form, of: id, values, on: page)
  }

  func send(_ form: String, of id: String, _ values: [String: String], on page: Page) async throws -> Page {
    var fields = values
    fields["form"] = try page.hidden("form", of: form)
    fields["id"] = try page.hidden("id", of: form)
    return try await post("/desk/cases/\(id)/\(form)", fields)
  }

  /// The same, worked off, and the page that the browser is then led to.
  func done(_ form: String, of id: String, _ values: [String: String] = [:]) async throws -> Page {
    let sent = try await send(form, of: id, values)
    #expect(sent.status == 303, "\(form)")
    try office.work()
    return try await get(try #require(sent.location))
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        String(UnicodeScalar(byte))
      default: "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }.joined()
  }
}
