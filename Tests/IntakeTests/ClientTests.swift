import APIKeys
import Cases
import HTTPTypes
import HTTPValues
import Intake
import Testing

struct ClientTests {
  private static let keys = [
    APIKey(name: "portal", digest: APIKey.digest(of: "p"), scopes: [.submit], perMinute: 60),
    APIKey(name: "desk", digest: APIKey.digest(of: "d"), scopes: [.submit], perMinute: 60),
    APIKey(name: "map", digest: APIKey.digest(of: "m"), scopes: [.open311], perMinute: 60),
  ]

  @Test(arguments: [("", 401), ("wrong", 401), ("m", 403), ("p", 202)])
  func `with keys given out only their holders may send opinions`(key: String, status: Int) async throws {
    let gateway = try Gateway(clients: APIKeys(Self.keys))
    let response = try await gateway.post(headers: ["X-API-Key": key])
    #expect(response.head.status.code == status)
    #expect((response.head.headerFields[.wwwAuthenticate] == "Bearer") == (status == 401))
    #expect(await gateway.published.count == (status == 202 ? 1 : 0))
    if status != 202 {
      #expect(try gateway.count("refused") == 1)
      #expect(try response.problem.status == status)
    }
  }

  @Test func `a key is asked for before a body is read`() async throws {
    let gateway = try Gateway(clients: APIKeys(Self.keys))
    #expect(try await gateway.post("nonsense", headers: ["Content-Type": "text/plain"]).head.status == .unauthorized)
  }

  @Test func `where opinions are public a key is needed by nobody`() async throws {
    let gateway = try Gateway(clients: APIKeys(Self.keys, isPublic: true))
    #expect(try await gateway.post().head.status == .accepted)
    #expect(try await gateway.post(headers: ["Authorization": "Bearer p"]).head.status == .accepted)
    #expect(try await gateway.post(headers: ["Authorization": "Bearer wrong"]).head.status == .unauthorized)
  }

  @Test func `each client has idempotency keys of its own`() async throws {
    let gateway = try Gateway(clients: APIKeys(Self.keys, isPublic: true))
    let portal = try await gateway.post(key: "k", headers: ["X-API-Key": "p"]).receipt
    let desk = try await gateway.post(key: "k", headers: ["X-API-Key": "d"]).receipt
    let anyone = try await gateway.post(key: "k").receipt
    #expect(Set([portal.case, desk.case, anyone.case]).count == 3)
    #expect(try await gateway.post(key: "k", headers: ["X-API-Key": "p"]).receipt == portal)
    #expect(await gateway.published.count == 3)
  }
}
