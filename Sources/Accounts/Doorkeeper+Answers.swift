package import APIKeys
import HTTPTypes
package import HTTPValues

extension Doorkeeper {
  /// The answer to whoever must first say who they are: the page to sign in at, which then leads back, or for programs a
  /// problem document.
  package func noOne(_ request: Request) -> Response {
    guard Self.prefersPages(request) else {
      return .problem(.unauthorized, "Sign in, or send an API key that allows this.")
        .with(.wwwAuthenticate, "Bearer realm=\"huiyin\"").with(.cacheControl, "no-store")
    }
    let query = LocalTarget(of: request).map { "?to=" + PercentEncoding.encode($0.text) } ?? ""
    return Response(.seeOther, headers: [.location: "/sign-in" + query, .cacheControl: "no-store"])
  }

  /// The answer to a client of the API whose key doesn't let it in.
  package func refusal(_ refusal: APIKeyCheck.Refusal) -> Response {
    let response: Response =
      switch refusal {
      case .missing, .unknown:
        .problem(.unauthorized, refusal.reason).with(.wwwAuthenticate, "Bearer realm=\"huiyin\"")
      case .outOfScope: .problem(.forbidden, refusal.reason)
      case .tooOften: .problem(.tooManyRequests, refusal.reason)
      }
    return refusal.retryAfter.map { response.with(.retryAfter, $0) } ?? response
  }

  private static func prefersPages(_ request: Request) -> Bool {
    if request.segments.first == "api" || APIKeyCheck.isGiven(in: request) { return false }
    let preference = Preference(request[.accept])
    return preference.weight(of: "application/json") <= preference.weight(of: "text/html")
  }
}
