import Contract
import Foundation
import HTTPTypes
import HTTPValues
import Testing

struct ContractTests {
  /// A line for the independent validator.
  private struct Line: Encodable {
    let method: String
    let path: String
    let status: Int
    let type: String
    let headers: [String: String]
    let body: String
  }

  private static func paths() throws -> [String: [String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: Town.document)) as? [String: Any]
    return try #require(document?["paths"] as? [String: [String: Any]])
  }

  @Test(arguments: Exchange.all.indices)
  func `what the contract promises is answered, in a type that it names`(index: Int) async throws {
    let exchange = Exchange.all[index]
    let response = try await exchange.answer()
    #expect(response.head.status.code == exchange.status, "\(exchange.name)")
    let operation = try Self.paths()[exchange.path]?[exchange.method.rawValue.lowercased()] as? [String: Any]
    let responses = try #require(operation?["responses"] as? [String: [String: Any]], "\(exchange.name)")
    let promised = try #require(responses["\(exchange.status)"], "\(exchange.name)")
    guard promised["content"] != nil else { return #expect(response.body.isEmpty, "\(exchange.name)") }
    let type = String(try #require(response.head.headerFields[.contentType]).prefix { $0 != ";" })
    let types = try #require(promised["content"] as? [String: Any])
    #expect(types.keys.contains(type), "\(exchange.name): \(type)")
  }

  @Test func `every path, method and status of the contract is asked for`() throws {
    var promised: Set<String> = []
    for (path, item) in try Self.paths() {
      for (method, operation) in item {
        guard let responses = (operation as? [String: Any])?["responses"] as? [String: Any] else { continue }
        for status in responses.keys { promised.insert("\(method.uppercased()) \(path) \(status)") }
      }
    }
    let asked = Set(Exchange.all.map(\.name))
    #expect(promised.subtracting(asked).isEmpty)
    #expect(asked.subtracting(promised).isEmpty)
  }

  @Test func `the contract is served as it stands`() async throws {
    let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/openapi.json")
    let response = try await Town().answer(head, body: [])
    #expect(Data(response.body) == (try Data(contentsOf: Town.document)))
  }

  @Test(arguments: ContractDocument.Part.allCases)
  func `a process that does a part only promises that part`(part: ContractDocument.Part) throws {
    let file = Array(try Data(contentsOf: Town.document))
    #expect(ContractDocument.bytes(of: file, serving: Set(ContractDocument.Part.allCases)) == file)
    let bytes = try #require(ContractDocument.bytes(of: file, serving: [part]))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    #expect(paths["/opinions"] == nil ? part == .monitor : part == .intake)
    #expect(paths["/api/v1/cases"] == nil ? part == .intake : part == .monitor)
    #expect(paths["/cases/{case}"] == nil ? part == .intake : part == .monitor)
    let requests = try #require(paths["/open311/v2/requests.{format}"])
    #expect(Set(requests.keys) == ["parameters", part == .intake ? "post" : "get"])
    for path in ["/open311/v2/services.{format}", "/livez", "/openapi.json"] { #expect(paths[path] != nil, "\(path)") }
    #expect(document["components"] != nil)
  }

  @Test func `every operation says which part it belongs to`() throws {
    for (path, item) in try Self.paths() {
      for (method, operation) in item where method != "parameters" {
        let tags = (operation as? [String: Any])?["tags"] as? [String] ?? []
        #expect(!tags.isEmpty && Set(tags).isSubset(of: ["intake", "monitor", "operation"]), "\(method) \(path)")
      }
    }
  }

  @Test func `what is no document is not served`() {
    #expect(ContractDocument.bytes(of: Array("[]".utf8), serving: [.monitor]) == nil)
    #expect(ContractDocument.bytes(of: [], serving: [.monitor, .intake]) == nil)
  }

  @Test(.enabled(if: Peer.isThere, Peer.missing))
  func `an independent validator finds every answer to be as the contract says`() async throws {
    var lines: [Line] = []
    for exchange in Exchange.all {
      let response = try await exchange.answer()
      lines.append(
        Line(
          method: exchange.method.rawValue, path: exchange.path, status: response.head.status.code,
          type: response.head.headerFields[.contentType] ?? "",
          headers: Dictionary(
            response.head.headerFields.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { $1 }),
          body: String(decoding: response.body, as: UTF8.self)))
    }
    let encoder = JSONEncoder()
    let input = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) }.joined(separator: "\n")
    let report = try Peer.run("check_answers.py", [Town.document.path], input: input)
    #expect(report.status == 0, "\(report.text)")
    print("contract:", report.text)
  }
}
