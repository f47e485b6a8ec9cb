import HTTPTypes
import HTTPValues

/// How a session travels between browser and server.
///
/// Over TLS under a name that browsers take only with `Secure`, for this host alone and for all its paths; without TLS,
/// on a machine of its own, under another one, so that neither stands in for the other.
enum SessionCookie {
  static func value(in request: Request, isSecure: Bool) -> String? {
    value(of: name(isSecure), in: request[.cookie] ?? "")
  }

  /// The text of a `Set-Cookie` header. Without an age it goes when the browser is closed.
  static func setting(_ text: String, isSecure: Bool) -> String {
    "\(name(isSecure))=\(text); Path=/; \(isSecure ? "Secure; " : "")HttpOnly; SameSite=Lax"
  }

  static func clearing(isSecure: Bool) -> String { setting("", isSecure: isSecure) + "; Max-Age=0" }

  private static func name(_ isSecure: Bool) -> String { isSecure ? "__Host-huiyin" : "huiyin" }

  /// The first cookie of that name (RFC 6265, 5.4).
  static func value(of name: String, in header: String) -> String? {
    for pair in header.split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, trimmed(parts[0]) == name else { continue }
      return String(trimmed(parts[1]))
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let text = text.drop { $0 == " " || $0 == "\t" }
    guard let last = text.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return text[...last]
  }
}
