package import Cases
import HTTPTypes
package import HTTPValues
package import Logging

/// `GET /attachments/{hash}`: an attachment, for who has the address that the page of its case gives: ``AttachmentLink``.
package struct AttachmentController: Controller {
  private let store: any AttachmentStore
  private let secret: CaseKey.Secret
  private let logger: Logger

  package init(store: any AttachmentStore, secret: CaseKey.Secret, logger: Logger) {
    self.store = store
    self.secret = secret
    self.logger = logger
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments.count == 2, request.segments[0] == "attachments" else { return nil }
    guard request.method == .get else { return .methodNotAllowed(.get) }
    // Looked at before the store, so that nobody without the key learns whether there is such a file.
    guard let name = AttachmentName(request.segments[1]), AttachmentLink.opens(name, request.query, under: secret)
    else { return .notFound }
    do throws(AttachmentStoreError) {
      guard let contents = try await store.contents(of: name) else { return .notFound }
      return Self.shown(contents, name) ?? .notFound
    } catch {
      logger.error("an attachment could not be read", metadata: ["reason": "\(error)"])
      return Response.problem(.serviceUnavailable, "The file cannot be read just now. Try again later.")
        .with(.retryAfter, "5")
    }
  }

  /// A browser shows it by its type alone, and runs nothing in it. `nil` for what is of no type that is taken.
  package static func shown(_ contents: [UInt8], _ name: AttachmentName) -> Response? {
    guard let format = AttachmentFormat(of: contents) else { return nil }
    var response = Response(type: format.mediaType, body: contents)
      .with(.contentDisposition, "inline; filename=\"\(name.text.prefix(12)).\(format.fileExtension)\"")
      .with(.xContentTypeOptions, "nosniff")
      .with(.contentSecurityPolicy, "default-src 'none'; img-src 'self'; media-src 'self'; sandbox")
      // It never changes, but its address is a key.
      .with(.cacheControl, "private, max-age=86400, immutable")
    for (name, value) in [("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-site")] {
      if let name = HTTPField.Name(name) { response = response.with(name, value) }
    }
    return response
  }
}
