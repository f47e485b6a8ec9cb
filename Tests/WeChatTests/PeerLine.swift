import Foundation
import HTTPTypes
import HTTPValues
import Testing

/// A line that `peer.py` prints: a request, or an opinion that some of them amount to.
struct PeerLine: Decodable {
  struct Opinion: Decodable {
    let openid: String
    /// Seconds since 1970.
    let began: Int64
    let kinds: [String]
    let texts: [String]
    let attachments: [String]
    let locations: [Place]
    let code: String?
    let ended: Bool
  }

  struct Place: Decodable {
    let latitude: Double
    let longitude: Double
    let label: String
  }

  let name: String?
  let method: String?
  let target: String?
  let body: String?
  let opinion: Opinion?

  static func lines(printedBy arguments: [String]) async throws -> [PeerLine] {
    let printed = try await PeerProcess.run(arguments)
    return try printed.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(PeerLine.self, from: $0) }
  }

  func request() throws -> Request {
    let method: HTTPRequest.Method = method == "GET" ? .get : .post
    let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: target)
    return try Request(head: head, body: Array(try #require(body).utf8))
  }
}
