import Crypto
import FoundationEssentials
import HTTPTypes
import HTTPValues
import Mustache

/// What browsers are told of every page: it loads nothing, runs our script alone, goes into no frame, and its address,
/// which may hold a case's key, is handed to nobody.
enum PagePolicy {
  /// With the SHA-256 of what stands in the page, so that nothing that somebody smuggled in is styled or run.
  private static let content =
    "default-src 'none'; style-src '\(hash(of: PhoneStyle.text))'; script-src '\(hash(of: PhoneScript.text))'; "
    + "img-src data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  static func page(
    _ template: String, _ values: Any, status: HTTPResponse.Status = .ok, caching: String = "private, no-store"
  ) -> Response {
    guard let html = PhoneTemplates.library?.render(values, withTemplate: template) else {
      return .problem(.internalServerError, "The page cannot be made.")
    }
    return guarded(.html(html, status: status), caching: caching)
  }

  /// To be fetched in place of what was sent, so that to load it again sends nothing again.
  static func see(_ address: String) -> Response {
    guarded(Response(.seeOther, headers: [.location: address]), caching: "private, no-store")
  }

  private static func guarded(_ response: Response, caching: String) -> Response {
    var response =
      response
      .with(.contentSecurityPolicy, content).with(.cacheControl, caching).with(.vary, "Accept-Language")
      .with(.xContentTypeOptions, "nosniff")
    // The last one is for browsers from before `frame-ancestors`.
    for (name, value) in [("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY")] {
      if let name = HTTPField.Name(name) { response = response.with(name, value) }
    }
    return response
  }

  private static func hash(of text: String) -> String {
    "sha256-" + Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString()
  }
}
