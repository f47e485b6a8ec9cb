import HTTPTypes
package import HTTPValues

/// What is known of the way from a browser to here.
package struct Entrance: Sendable {
  /// A header in which a proxy in front says who has signed in with it.
  package struct UserHeader: Sendable {
    let name: HTTPField.Name
    let proxies: TrustedProxies

    /// - Parameters:
    ///   - name: `nil` comes of one that no header can have.
    ///   - proxies: those that are believed: as the operator gave them, and none by default. They must take that header
    ///     away from what they are sent.
    package init?(_ name: String, from proxies: TrustedProxies) {
      guard let name = HTTPField.Name(name) else { return nil }
      self.name = name
      self.proxies = proxies
    }
  }

  private let isSecureOutside: Bool
  private let proxies: TrustedProxies
  let userHeader: UserHeader?

  /// - Parameters:
  ///   - publicURL: where browsers reach the pages, if that is known.
  ///   - proxies: those whose `X-Forwarded-Proto` is believed.
  package init(publicURL: String? = nil, proxies: TrustedProxies = .local, userHeader: UserHeader? = nil) {
    isSecureOutside = publicURL?.lowercased().hasPrefix("https:") ?? false
    self.proxies = proxies
    self.userHeader = userHeader
  }

  /// Whether the browser reached us, or the proxy in front of us, over TLS.
  package func isSecure(_ request: Request) -> Bool {
    if isSecureOutside { return true }
    guard let peer = request.peer, proxies.contains(peer),
      let scheme = HTTPField.Name("X-Forwarded-Proto").flatMap({ request[$0] })
    else { return false }
    // Of several, the nearest proxy's.
    let last = scheme.split(separator: ",").last ?? ""
    return last.filter { $0 != " " && $0 != "\t" }.lowercased() == "https"
  }
}
