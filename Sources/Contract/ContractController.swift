import HTTPTypes
package import HTTPValues

/// `GET /openapi.json`: what can be asked of this program over HTTP, and how it answers (OpenAPI 3.1).
package struct ContractController: Controller {
  private let document: [UInt8]

  /// - Parameter document: the file `openapi.json` that ships with this module.
  package init(document: [UInt8]) {
    self.document = document
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments == ["openapi.json"] else { return nil }
    guard request.method == .get else { return .methodNotAllowed(.get) }
    return Response(type: "application/json", body: document)
  }
}
