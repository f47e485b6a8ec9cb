import ByteText
import Crypto
import HTTPTypes
import HTTPValues

extension Response {
  /// The answer to a `GET` with what lets a client ask again cheaply: a strong entity tag over its body, and 304 without
  /// the body where the client has it already (RFC 9110, 13.1.2).
  func tagged(for request: Request) -> Response {
    let tag = "\"" + ByteAlphabet.base64URL.text(of: SHA256.hash(data: body)) + "\""
    let isKnown = request[.ifNoneMatch].map { Self.names($0, tag) } ?? false
    let response = isKnown ? Response(.notModified) : self
    return response.with(.eTag, tag).with(.cacheControl, "private, no-cache")
  }

  /// The comparison of `If-None-Match` is weak: `W/` in front makes no difference.
  private static func names(_ header: String, _ tag: String) -> Bool {
    header.split(separator: ",").contains { entry in
      let text = entry.filter { $0 != " " && $0 != "\t" }
      return text == "*" || text == tag || text == "W/" + tag
    }
  }
}
