import APIKeys
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Open311
import Synchronization
import Testing
import Time

/// The protocol's controllers, one behind the other, over a desk and a book that a test drives.
struct Office {
  final class Desk: NewRequestDesk {
    private let state = Mutex((taken: [NewRequest](), outcomes: [NewRequest.Outcome]()))

    var taken: [NewRequest] { state.withLock { $0.taken } }
    /// The next submissions meet these, one each; those after them are taken.
    func meet(_ outcomes: NewRequest.Outcome...) { state.withLock { $0.outcomes = outcomes } }

    func take(_ request: NewRequest) async -> NewRequest.Outcome {
      state.withLock { state in
        state.taken.append(request)
        if !state.outcomes.isEmpty { return state.outcomes.removeFirst() }
        return .taken(CaseID(opinion: OpinionReference(source: "/test", id: "\(state.taken.count)"), subject: nil))
      }
    }
  }

  struct Book: CaseBook {
    final class Log: Sendable {
      private let asked = Mutex<[CaseFilter]>([])

      var filters: [CaseFilter] { asked.withLock { $0 } }
      func add(_ filter: CaseFilter) { asked.withLock { $0.append(filter) } }
    }

    var listed: [ListedCase]? = []
    let log = Log()

    func cases(matching filter: CaseFilter) async -> [ListedCase]? {
      log.add(filter)
      return listed
    }

    func cases(_ ids: [CaseID]) async -> [ListedCase]? {
      listed.map { listed in ids.compactMap { id in listed.first { $0.summary.id == id } } }
    }
  }

  static let services = [
    Open311Service(category: "城乡建设"), Open311Service(category: "城乡建设", subcategory: "路灯", keywords: ["路灯", "灯<&>"]),
    Open311Service(category: "教育文体"), Open311Service(category: "教育文体", subcategory: "其他"),
  ]
  static let key = "a client's key"
  static let now = "2026-10-15T09:00:00+08:00"

  let desk = Desk()
  let book: Book
  let controllers: [any Controller]

  init(book: Book = Book(), isOpen: Bool = false, hasKeys: Bool = true, rate: (any APIKeyRate)? = nil) throws {
    self.book = book
    let now = try #require(Instant(rfc3339: Self.now))
    let catalogue = ServiceCatalogue(Self.services)
    let keys = APIKeys([
      APIKey(name: "portal", digest: APIKey.digest(of: Self.key), scopes: [.open311], perMinute: 60),
      APIKey(name: "other", digest: APIKey.digest(of: "of another scope"), scopes: [.submit], perMinute: 60),
    ])
    controllers = [
      NewRequestController(
        desk: desk, catalogue: catalogue,
        check: hasKeys ? APIKeyCheck(keys: keys, rate: rate, clock: { now }) : nil,
        page: { "https://board.example/cases/\($0)?k=K" }),
      RequestsController(
        book: book, catalogue: catalogue,
        disclosure: Disclosure(isOpen: isOpen, mask: { $0.replacing("13812345678", with: "138****5678") }),
        clock: { now }),
      ServicesController(catalogue: catalogue, showsRequests: true, takesRequests: true),
    ]
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
  ) async throws -> Response {
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    let head = HTTPRequest(
      method: method, scheme: "http", authority: "localhost", path: "/open311/v2/" + path, headerFields: fields)
    let request = try Request(head: head, body: body)
    for controller in controllers { if let response = await controller.respond(to: request) { return response } }
    throw Nobody()
  }

  func get(_ path: String, accept: String? = nil) async throws -> Response {
    try await send(.get, path, headers: accept.map { ["Accept": $0] } ?? [:])
  }

  /// - Parameter fields: beside the key; without one, no key is sent.
  func post(
    _ fields: [String: String], to path: String = "requests.json", key: String? = key, headers: [String: String] = [:]
  ) async throws -> Response {
    var all = fields
    all["api_key"] = key
    let body = all.sorted { $0.key < $1.key }.map { Self.encoded($0) + "=" + Self.encoded($1) }.joined(separator: "&")
    let headers = ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"].merging(headers) { $1 }
    return try await send(.post, path, headers: headers, body: Array(body.utf8))
  }

  static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  static let form = ["service_code": services[1].code, "lat": "28.2", "long": "112.9", "description": "路灯坏了"]

  struct Nobody: Error {}
}

extension Response {
  var entries: [[String: Any]] {
    get throws {
      #expect(head.headerFields[.contentType] == "application/json")
      return try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]])
    }
  }

  var xml: XMLTree {
    get throws {
      #expect(head.headerFields[.contentType] == "text/xml; charset=utf-8")
      return try #require(XMLTree(body))
    }
  }
}
