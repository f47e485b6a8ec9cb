import HTTPTypes

/// Whether a form was sent from a page of ours, as far as the browser tells.
///
/// Our pages tell their address to nobody, so their forms come with `Origin: null`; then `Sec-Fetch-Site` says it, and in
/// browsers from before that nothing does but the token that the form carries.
package enum Origin {
  package static func isOurs(_ request: Request) -> Bool {
    if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request[$0] }), site != "same-origin", site != "none" {
      return false
    }
    guard let origin = request[.origin], origin != "null" else { return true }
    guard let host = request.head.authority, let start = origin.firstRange(of: "://") else { return false }
    return origin[start.upperBound...].lowercased() == host.lowercased()
  }
}
