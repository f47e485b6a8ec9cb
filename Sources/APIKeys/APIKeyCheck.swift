import HTTPTypes
package import HTTPValues
package import Time

/// Lets in whoever has a key with the right scope and has not used it too often.
///
/// The key is read from the header `X-API-Key`, from `Authorization: Bearer`, or from where a protocol has it.
package struct APIKeyCheck: Sendable {
  package enum Refusal: Hashable, Sendable {
    case missing
    /// Nobody's, or no longer.
    case unknown
    case outOfScope
    /// After how long the next request is let in.
    case tooOften(Duration)
  }

  package enum Verdict: Hashable, Sendable {
    case client(APIKey)
    /// Without a key, where none is needed.
    case anyone
    case refused(Refusal)
  }

  private let keys: APIKeys
  private let rate: (any APIKeyRate)?
  private let clock: @Sendable () -> Instant

  /// - Parameter rate: `nil` counts nothing.
  package init(keys: APIKeys, rate: (any APIKeyRate)?, clock: @escaping @Sendable () -> Instant) {
    self.keys = keys
    self.rate = rate
    self.clock = clock
  }

  /// A key that is given must be right, also where none is needed.
  /// - Parameter field: the key where the protocol has a field of its own for it.
  package func verdict(on request: Request, field: String? = nil, for scope: APIKey.Scope) -> Verdict {
    guard let text = field ?? Self.key(in: request) else {
      return keys.isPublic && scope == .submit ? .anyone : .refused(.missing)
    }
    guard let key = keys.key(text) else { return .refused(.unknown) }
    guard key.scopes.contains(scope) else { return .refused(.outOfScope) }
    if let wait = rate?.allow(key, at: clock()) { return .refused(.tooOften(wait)) }
    return .client(key)
  }

  /// Whether a key came with the request, in a header.
  package static func isGiven(in request: Request) -> Bool { key(in: request) != nil }

  private static func key(in request: Request) -> String? {
    if let given = HTTPField.Name("X-API-Key").flatMap({ request[$0] }) { return given }
    guard let given = request[.authorization] else { return nil }
    let parts = given.split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }
}

extension APIKeyCheck.Refusal {
  /// Whole seconds for the header `Retry-After`, at least 1; `nil` where waiting doesn't help.
  package var retryAfter: String? {
    guard case .tooOften(let wait) = self else { return nil }
    return String(max(1, (wait.milliseconds + 999) / 1000))
  }

  package var reason: String {
    switch self {
    case .missing: "An API key is needed."
    case .unknown: "This API key is not valid."
    case .outOfScope: "This API key does not allow that."
    case .tooOften: "Too many requests came with this API key. Try again later."
    }
  }
}
