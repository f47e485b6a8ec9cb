import HTTPTypes
package import HTTPValues

/// What browsers are told of every page for those who sign in: it loads nothing from elsewhere, runs our script alone, goes
/// into no frame, and its address, which may hold a case's key, is handed to nobody; nobody in between keeps it.
package enum PagePolicy {
  private static let content =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    + "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  package static func guarded(_ response: Response) -> Response {
    var response =
      response
      .with(.contentSecurityPolicy, content).with(.cacheControl, "private, no-store")
      .with(.vary, "Accept, Accept-Language, Cookie").with(.xContentTypeOptions, "nosniff")
    for (name, value) in [("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY")] {
      if let name = HTTPField.Name(name) { response = response.with(name, value) }
    }
    return response
  }

  /// To be fetched in place of what was sent, so that to load it again sends nothing again.
  /// - Parameter address: a path of ours.
  package static func see(_ address: String) -> Response {
    guarded(Response(.seeOther, headers: [.location: address]))
  }
}
