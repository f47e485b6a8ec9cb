package import HTTPTypes

/// A request, read whole, its target taken apart and decoded.
package struct Request: Sendable, Equatable {
  package let head: HTTPRequest
  /// Decoded, without the query: `/cases/h12`. An encoded slash can no longer be told from a plain one; ``segments`` can.
  package let path: String
  /// The decoded parts between the slashes: `["cases", "h12"]` for `/cases/h12`, `[]` for `/`, `["a", ""]` for `/a/`.
  package let segments: [String]
  /// Each name with its last value.
  package let query: [String: String]
  package private(set) var body: [UInt8]
  /// Who asks, as far as the server and the proxies that it trusts know.
  package let client: ClientAddress?
  /// Who is at the other end of the connection: ``client``, or the nearest proxy.
  package let peer: ClientAddress?

  /// - Parameter head: Its `path` is the target as sent, with the query.
  package init(
    head: HTTPRequest, body: [UInt8] = [], client: ClientAddress? = nil, peer: ClientAddress? = nil
  ) throws(MalformedTarget) {
    guard let target = Self.originForm(head.path ?? "") else { throw .noPath }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var segments: [String] = []
    for part in parts[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let segment = PercentEncoding.decode(part), !segment.unicodeScalars.contains(where: Self.isControl) else {
        throw .path
      }
      segments.append(segment)
    }
    guard let query = PercentEncoding.fields(parts.count == 2 ? parts[1] : "") else { throw .query }
    self.head = head
    self.path = "/" + segments.joined(separator: "/")
    self.segments = segments == [""] ? [] : segments
    self.query = query
    self.body = body
    self.client = client
    self.peer = peer
  }

  /// The same request with its body.
  package func with(body: [UInt8]) -> Request {
    var request = self
    request.body = body
    return request
  }

  /// `GET` for a `HEAD` too: the server takes the body away afterwards.
  package var method: HTTPRequest.Method { head.method }

  package subscript(header: HTTPField.Name) -> String? { head.headerFields[header] }

  /// The fields of a body sent by an HTML form; nil if it is of another media type or cannot be decoded.
  package var form: [String: String]? {
    guard mediaType == "application/x-www-form-urlencoded" else { return nil }
    return String(validating: body, as: UTF8.self).flatMap { PercentEncoding.fields($0) }
  }

  /// The body's media type in lower case, without parameters such as `charset`.
  package var mediaType: String? {
    guard let type = self[.contentType]?.utf8.prefix(while: { $0 != UInt8(ascii: ";") }) else { return nil }
    let name = type.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  /// RFC 9112 lets a client send the whole URL, too; what follows the authority is the same.
  private static func originForm(_ target: String) -> Substring? {
    if target.hasPrefix("/") { return target[...] }
    for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
      let authority = target.dropFirst(scheme.count)
      let rest = authority.drop { $0 != "/" && $0 != "?" }
      return rest.hasPrefix("/") ? rest : "/" + rest
    }
    return nil
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar.value == 0x7F
  }
}
