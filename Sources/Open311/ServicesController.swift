import HTTPTypes
package import HTTPValues

/// `GET /open311/v2/services` and `services/{code}`, and the last word on every other path there: it stands behind the
/// other controllers of the protocol.
package struct ServicesController: Controller {
  private let catalogue: ServiceCatalogue
  private let requestMethods: [HTTPRequest.Method]

  /// - Parameters:
  ///   - showsRequests: a ``RequestsController`` stands before it.
  ///   - takesRequests: a ``NewRequestController`` does.
  package init(catalogue: ServiceCatalogue, showsRequests: Bool, takesRequests: Bool) {
    self.catalogue = catalogue
    requestMethods = (showsRequests ? [.get] : []) + (takesRequests ? [.post] : [])
  }

  package func respond(to request: Request) async -> Response? {
    guard let address = Address(request) else { return nil }
    switch address.resource {
    case .services:
      guard request.method == .get else { return methodNotAllowed([.get], address) }
      return Document(root: "services", value: .list(of: "service", catalogue.services.map(Self.entry)))
        .response(in: address.format)
    case .service(let code):
      guard request.method == .get else { return methodNotAllowed([.get], address) }
      guard let service = catalogue.service(code) else {
        return Document.error(.notFound, "There is no service with this service_code.", in: address.format)
      }
      // Nothing more is asked than the request itself: no service has attributes.
      return Document(
        root: "service_definition",
        value: .record([("service_code", .text(service.code)), ("attributes", .list(of: "attribute", []))])
      ).response(in: address.format)
    case .requests where !requestMethods.isEmpty: return methodNotAllowed(requestMethods, address)
    case .request, .token:
      guard requestMethods.contains(.get) else { fallthrough }
      return methodNotAllowed([.get], address)
    case .requests, .other: return Document.error(.notFound, "There is nothing here.", in: address.format)
    }
  }

  private static func entry(_ service: Open311Service) -> Document.Value {
    .record([
      ("service_code", .text(service.code)), ("service_name", .text(service.name)),
      ("description", .text(service.name)), ("metadata", .flag(false)), ("type", .text("realtime")),
      ("keywords", .text(service.keywords.joined(separator: ","))), ("group", .text(service.category)),
    ])
  }

  private func methodNotAllowed(_ methods: [HTTPRequest.Method], _ address: Address) -> Response {
    let allowed = methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }.joined(separator: ", ")
    return Document.error(.methodNotAllowed, "This path answers to \(allowed).", in: address.format)
      .with(.allow, allowed)
  }
}
