import APIKeys
import HTTPTypes
import HTTPValues
import Synchronization
import Testing
import Time

struct APIKeyCheckTests {
  /// Lets each client in a number of times.
  private final class Turns: APIKeyRate {
    private let left: Mutex<[String: Int]>
    let asked = Mutex<[Instant]>([])

    init(_ left: [String: Int]) { self.left = Mutex(left) }

    func allow(_ key: APIKey, at now: Instant) -> Duration? {
      asked.withLock { $0.append(now) }
      return left.withLock { left in
        guard let turns = left[key.name], turns > 0 else { return .milliseconds(1500) }
        left[key.name] = turns - 1
        return nil
      }
    }
  }

  private static let portal = APIKey(
    name: "portal", digest: APIKey.digest(of: "right"), scopes: [.submit], perMinute: 60)
  private static let map = APIKey(name: "map", digest: APIKey.digest(of: "map"), scopes: [.open311], perMinute: 60)

  private static func check(isPublic: Bool = false, rate: (any APIKeyRate)? = nil) -> APIKeyCheck {
    APIKeyCheck(
      keys: APIKeys([portal, map], isPublic: isPublic), rate: rate, clock: { Instant(milliseconds: 1000) })
  }

  private static func request(_ headers: [String: String] = [:]) throws -> Request {
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    return try Request(
      head: HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/opinions", headerFields: fields))
  }

  @Test(arguments: [
    ["X-API-Key": "right"], ["Authorization": "Bearer right"], ["Authorization": "bearer  right"],
  ])
  func `a key may come in either header`(headers: [String: String]) throws {
    #expect(Self.check().verdict(on: try Self.request(headers), for: .submit) == .client(Self.portal))
  }

  @Test func `a protocol's own field comes before the headers`() throws {
    let request = try Self.request(["X-API-Key": "right"])
    #expect(Self.check().verdict(on: request, field: "map", for: .open311) == .client(Self.map))
    #expect(Self.check().verdict(on: request, field: "", for: .submit) == .refused(.unknown))
  }

  @Test func `no key, a wrong key and one for something else are refused`() throws {
    let check = Self.check()
    #expect(check.verdict(on: try Self.request(), for: .submit) == .refused(.missing))
    #expect(check.verdict(on: try Self.request(["Authorization": "Basic right"]), for: .submit) == .refused(.missing))
    #expect(check.verdict(on: try Self.request(["X-API-Key": "wrong"]), for: .submit) == .refused(.unknown))
    #expect(check.verdict(on: try Self.request(["X-API-Key": "map"]), for: .submit) == .refused(.outOfScope))
    #expect(check.verdict(on: try Self.request(["X-API-Key": "right"]), for: .open311) == .refused(.outOfScope))
  }

  @Test func `where opinions are public only a wrong key is refused`() throws {
    let check = Self.check(isPublic: true)
    #expect(check.verdict(on: try Self.request(), for: .submit) == .anyone)
    #expect(check.verdict(on: try Self.request(), for: .open311) == .refused(.missing))
    #expect(check.verdict(on: try Self.request(["X-API-Key": "wrong"]), for: .submit) == .refused(.unknown))
  }

  @Test func `a client that comes too often is told when to come again`() throws {
    let turns = Turns(["portal": 2])
    let check = Self.check(rate: turns)
    let request = try Self.request(["X-API-Key": "right"])
    #expect(check.verdict(on: request, for: .submit) == .client(Self.portal))
    #expect(check.verdict(on: request, for: .submit) == .client(Self.portal))
    let refusal = APIKeyCheck.Refusal.tooOften(.milliseconds(1500))
    #expect(check.verdict(on: request, for: .submit) == .refused(refusal))
    #expect(refusal.retryAfter == "2")
    #expect(APIKeyCheck.Refusal.tooOften(.zero).retryAfter == "1")
    #expect(APIKeyCheck.Refusal.missing.retryAfter == nil)
    // Who has no key, or a wrong one, is counted elsewhere.
    _ = check.verdict(on: try Self.request(["X-API-Key": "wrong"]), for: .submit)
    #expect(turns.asked.withLock { $0 } == Array(repeating: Instant(milliseconds: 1000), count: 3))
  }
}
