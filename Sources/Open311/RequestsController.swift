package import Cases
import HTTPTypes
package import HTTPValues
package import Time

/// `GET /open311/v2/requests`, `requests/{id}` and `tokens/{token}`: cases for everyone to see, without what is
/// personal. Other methods are other controllers'.
package struct RequestsController: Controller {
  private let book: any CaseBook
  private let catalogue: ServiceCatalogue
  private let disclosure: Disclosure
  private let clock: @Sendable () -> Instant

  package init(
    book: any CaseBook, catalogue: ServiceCatalogue, disclosure: Disclosure, clock: @escaping @Sendable () -> Instant
  ) {
    self.book = book
    self.catalogue = catalogue
    self.disclosure = disclosure
    self.clock = clock
  }

  package func respond(to request: Request) async -> Response? {
    guard request.method == .get, let address = Address(request) else { return nil }
    switch address.resource {
    case .requests: return await list(request, in: address.format)
    case .request(let id): return await one(id, in: address.format)
    case .token(let token): return Self.token(token, in: address.format)
    case .services, .service, .other: return nil
    }
  }

  private func list(_ request: Request, in format: Format) async -> Response {
    let query: RequestQuery
    do throws(RequestQuery.Fault) {
      query = try RequestQuery(request.query, catalogue: catalogue, at: clock())
    } catch {
      return Document.error(error.isUnknownService ? .notFound : .badRequest, error.description, in: format)
    }
    let found =
      switch query {
      case .ids(let ids): await book.cases(ids)
      case .search(let filter): await book.cases(matching: filter)
      }
    guard let found else { return Self.unavailable(format) }
    return document(found).response(in: format)
  }

  private func one(_ text: String, in format: Format) async -> Response {
    guard let id = CaseID(text) else { return Self.noRequest(format) }
    guard let found = await book.cases([id]) else { return Self.unavailable(format) }
    return found.isEmpty ? Self.noRequest(format) : document(found).response(in: format)
  }

  /// An id is known as soon as a request is taken, so it is its own token.
  private static func token(_ token: String, in format: Format) -> Response {
    guard let id = CaseID(token) else { return Document.error(.notFound, "There is no such token.", in: format) }
    let entry = Document.Value.record([("service_request_id", .text(id.text)), ("token", .text(id.text))])
    return Document(root: "service_requests", value: .list(of: "request", [entry])).response(in: format)
  }

  private func document(_ cases: [ListedCase]) -> Document {
    let entries = cases.map {
      RequestEntry(item: $0, service: catalogue.service(of: $0.summary), disclosure: disclosure).value
    }
    return Document(root: "service_requests", value: .list(of: "request", entries))
  }

  private static func noRequest(_ format: Format) -> Response {
    Document.error(.notFound, "There is no request with this service_request_id, or not yet.", in: format)
  }

  private static func unavailable(_ format: Format) -> Response {
    Document.error(.serviceUnavailable, "The requests cannot be read just now. Try again later.", in: format)
      .with(.retryAfter, "5")
  }
}
