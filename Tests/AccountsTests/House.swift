import APIKeys
import Accounts
import Cases
import HTTPTypes
import HTTPValues
import MetricsTestKit
import Synchronization
import Testing
import Time

/// A doorkeeper with its users, a clock to be set, and the pages of signing in, asked as a browser would.
struct House {
  static let start = Instant(milliseconds: 1_790_000_000_000)

  final class Clock: Sendable {
    private let time = Mutex(House.start)

    var now: Instant { time.withLock { $0 } }

    func set(_ time: Duration) { self.time.withLock { $0 = House.start + time } }
  }

  /// Gives `id-1`, `id-2` and so on.
  private final class Ids: Sendable {
    private let count = Mutex(0)

    var next: String {
      count.withLock { count in
        count += 1
        return "id-\(count)"
      }
    }
  }

  let clock = Clock()
  let metrics = TestMetrics()
  let log = SaidLines()
  let derivations = Derivations()
  let doorkeeper: Doorkeeper
  let controller: SignInController

  /// - Parameter watch: in place of `users`.
  init(
    _ users: [User] = House.users, watch: UserWatch? = nil, secret: String = "a secret of sixteen",
    signOuts: SignOuts? = nil, keys: APIKeyCheck? = nil, entrance: Entrance = Entrance()
  ) throws {
    let ids = Ids()
    doorkeeper = Doorkeeper(
      users: watch ?? UserWatch(Users(users), logger: log.logger, metrics: metrics),
      secret: try #require(CaseKey.Secret(Array(secret.utf8))), signOuts: try signOuts ?? SignOuts(folder: nil),
      keys: keys, entrance: entrance, clock: { [clock] in clock.now }, makeID: { ids.next }, logger: log.logger,
      metrics: metrics)
    controller = SignInController(
      doorkeeper: doorkeeper, passwords: PasswordCheck(derive: derivations.derive), metrics: metrics)
  }

  /// `liuhe` with the password `right horse`, `office` with `left horse`, and `sso`, who has none.
  static let users = [
    User(
      Account(name: "liuhe", title: "柳河镇联络站", role: .station, holder: "s03"),
      password: Derivations.hash("right horse")),
    User(Account(name: "office", title: "督办室", role: .supervisor), password: Derivations.hash("left horse", salt: 2)),
    User(Account(name: "sso", title: "李代表", role: .deputy, holder: "d01"), password: nil),
  ]

  static func request(
    _ method: HTTPRequest.Method = .get, _ path: String, _ headers: [String: String] = [:], form: String? = nil,
    client: String? = "192.0.2.7", peer: String? = nil
  ) throws -> Request {
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    if form != nil { fields[.contentType] = "application/x-www-form-urlencoded" }
    let head = HTTPRequest(
      method: method, scheme: "http", authority: "huiyin.example", path: path, headerFields: fields)
    return try Request(
      head: head, body: Array((form ?? "").utf8), client: client.flatMap { ClientAddress($0) },
      peer: (peer ?? client).flatMap { ClientAddress($0) })
  }

  /// What a browser gets for that form.
  func signIn(
    _ name: String, _ password: String, to: String? = nil, _ headers: [String: String] = [:],
    client: String? = "192.0.2.7", peer: String? = nil
  ) async throws -> Response {
    var form = "name=\(PercentEncoding.encode(name))&password=\(PercentEncoding.encode(password))"
    if let to { form += "&to=\(PercentEncoding.encode(to))" }
    let request = try Self.request(.post, "/sign-in", headers, form: form, client: client, peer: peer)
    return try #require(await controller.respond(to: request))
  }

  /// The `Cookie` header of a browser that has just signed in.
  func cookie(_ name: String = "liuhe", _ password: String = "right horse") async throws -> String {
    try #require(try await signIn(name, password).cookies)
  }

  func visitor(_ cookie: String?, _ headers: [String: String] = [:], peer: String? = nil) async throws -> Visitor? {
    var headers = headers
    headers["Cookie"] = cookie
    return await doorkeeper.visitor(of: try Self.request(.get, "/desk", headers, peer: peer))
  }
}

extension Response {
  var setCookies: [String] { head.headerFields[values: .setCookie] }

  /// What a browser sends back of the cookies that were set; `nil` if none was.
  var cookies: String? {
    let pairs = setCookies.map { $0.prefix { $0 != ";" } }
    return pairs.isEmpty ? nil : pairs.joined(separator: "; ")
  }

  var text: String { String(decoding: body, as: UTF8.self) }
  var location: String? { head.headerFields[.location] }
}
