import HTTPTypes
import HTTPValues

/// A cookie of ours: how a session travels between browser and server.
///
/// Over TLS under a name that browsers take only with `Secure`, for this host alone and for all its paths; without TLS,
/// on a machine of its own, under another one, so that neither stands in for the other.
enum Cookie: String {
  case session = "huiyin"
  /// See ``KnownBrowser``.
  case browser = "huiyin-browser"

  func value(in request: Request, isSecure: Bool) -> String? {
    Self.value(of: name(isSecure), in: request[.cookie] ?? "")
  }

  /// The text of a `Set-Cookie` header.
  /// - Parameter age: in seconds; without one the cookie goes when the browser is closed.
  func setting(_ text: String, age: Int? = nil, isSecure: Bool) -> String {
    "\(name(isSecure))=\(text); Path=/; \(isSecure ? "Secure; " : "")HttpOnly; SameSite=Lax"
      + (age.map { "; Max-Age=\($0)" } ?? "")
  }

  func clearing(isSecure: Bool) -> String { setting("", age: 0, isSecure: isSecure) }

  private func name(_ isSecure: Bool) -> String { (isSecure ? "__Host-" : "") + rawValue }

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
