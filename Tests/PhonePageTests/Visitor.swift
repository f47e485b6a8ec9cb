import HTTPTypes
import HTTPValues
import Testing

/// A browser without JavaScript, as far as the pages go: reads a form's fields and sends them back.
struct Visitor {
  let controllers: [any Controller]
  var language: String?

  init(_ controllers: any Controller..., language: String? = nil) {
    self.controllers = controllers
    self.language = language
  }

  func send(
    _ method: HTTPRequest.Method = .get, _ path: String, host: String = "huiyin.example",
    headers: [String: String] = [:], body: [UInt8] = []
  ) async throws -> Response {
    var fields = HTTPFields()
    fields[.acceptLanguage] = language
    for (name, value) in headers where name.lowercased() != "host" {
      fields[try #require(HTTPField.Name(name))] = value
    }
    let head = HTTPRequest(
      method: method, scheme: "https", authority: host, path: path, headerFields: fields)
    let request = try Request(head: head, body: body)
    for controller in controllers {
      if let response = await controller.respond(to: request) { return response }
    }
    return .notFound
  }

  func get(_ path: String) async throws -> Response { try await send(.get, path) }

  /// - Parameter files: contents of the field `files`.
  func post(
    _ path: String, _ fields: [String: String], files: [[UInt8]] = [], headers: [String: String] = [:],
    isMultipart: Bool = true
  ) async throws -> Response {
    let (type, body) = isMultipart ? Self.multipart(fields, files) : Self.encoded(fields)
    return try await send(.post, path, headers: headers.merging(["Content-Type": type]) { $1 }, body: body)
  }

  static func multipart(_ fields: [String: String], _ files: [[UInt8]]) -> (String, [UInt8]) {
    var body: [UInt8] = []
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      body += Array("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    for file in files {
      let head =
        "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.bin\"\r\nContent-Type: image/x\r\n\r\n"
      body += Array(head.utf8) + file + [13, 10]
    }
    return ("multipart/form-data; boundary=edge", body + Array("--edge--\r\n".utf8))
  }

  static func encoded(_ fields: [String: String]) -> (String, [UInt8]) {
    func encode(_ text: String) -> String {
      text.utf8.map { byte in
        let digits = Array("0123456789ABCDEF")
        return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }.joined()
    }
    let body = fields.map { encode($0.key) + "=" + encode($0.value) }.joined(separator: "&")
    return ("application/x-www-form-urlencoded", Array(body.utf8))
  }
}

extension Response {
  var page: String { String(decoding: body, as: UTF8.self) }

  var policy: String { head.headerFields[.contentSecurityPolicy] ?? "" }

  /// The value of a hidden field.
  func hidden(_ name: String) -> String? {
    guard let start = page.firstRange(of: "name=\"\(name)\"") else { return nil }
    let rest = page[start.upperBound...]
    guard let value = rest.firstRange(of: "value=\"") else { return nil }
    return String(rest[value.upperBound...].prefix { $0 != "\"" })
  }
}
