import HTTPTypes
import HTTPValues
import MetricsTestKit
import RateLimiting
import SeededRandom
import Testing
import Time

struct RateLimiterTests {
  private let start = Instant(milliseconds: 1_790_000_000_000)

  private func limiter(_ limit: RateLimit = RateLimit(perMinute: 6, burst: 3), slots: Int = 1024) -> RateLimiter {
    RateLimiter([.code: limit], slots: slots, metrics: TestMetrics())
  }

  @Test func `so many at once, then one each time a token has come`() {
    let limiter = limiter()
    for _ in 0..<3 { #expect(limiter.take(.code, of: "a", at: start) == nil) }
    #expect(limiter.take(.code, of: "a", at: start) == .seconds(10))
    #expect(limiter.take(.code, of: "a", at: start + .seconds(4)) == .seconds(6))
    #expect(limiter.take(.code, of: "a", at: start + .milliseconds(9_999)) == .milliseconds(1))
    #expect(limiter.take(.code, of: "a", at: start + .seconds(10)) == nil)
    #expect(limiter.take(.code, of: "a", at: start + .seconds(10)) == .seconds(10))
  }

  @Test func `what comes through one code is limited, whoever sends it, but not what is read`() async throws {
    let limit = CodeLimit(limiter(RateLimit(perMinute: 1, burst: 1)), clock: { [start] in start })
    func send(_ method: HTTPRequest.Method, _ path: String, from address: String) async throws -> Response? {
      let head = HTTPRequest(method: method, scheme: "http", authority: "h", path: path)
      return await limit.respond(to: try Request(head: head, client: ClientAddress(address)))
    }
    #expect(try await send(.post, "/q/S1A", from: "192.0.2.1") == nil)
    #expect(try await send(.post, "/q/S1A", from: "192.0.2.2")?.head.status == .tooManyRequests)
    #expect(try await send(.get, "/q/S1A", from: "192.0.2.2") == nil)
    #expect(try await send(.post, "/q/S1B", from: "192.0.2.2") == nil)
    #expect(try await send(.post, "/opinions", from: "192.0.2.2") == nil)
    #expect(try await send(.post, "/q/S1A", from: "127.0.0.1") == nil)
  }

  @Test func `a long rest gives no more than the burst`() {
    let limiter = limiter()
    for _ in 0..<3 { _ = limiter.take(.code, of: "a", at: start) }
    let later = start + .seconds(86_400)
    for _ in 0..<3 { #expect(limiter.take(.code, of: "a", at: later) == nil) }
    #expect(limiter.take(.code, of: "a", at: later) != nil)
  }

  @Test func `each is counted alone, and under each name apart`() throws {
    let limits = RateLimit(perMinute: 1, burst: 1)
    let metrics = TestMetrics()
    let limiter = RateLimiter([.code: limits, .openid: limits], metrics: metrics)
    #expect(limiter.take(.code, of: "a", at: start) == nil)
    #expect(limiter.take(.code, of: "b", at: start) == nil)
    #expect(limiter.take(.openid, of: "a", at: start) == nil)
    #expect(limiter.take(.code, of: "a", at: start) != nil)
    for _ in 0..<100 { #expect(limiter.take(.address, of: "a", at: start) == nil) }
    #expect(try metrics.expectCounter("huiyin_rate_limited", [("limit", "code")]).totalValue == 1)
  }

  @Test func `what is given back can be taken again, up to the burst`() {
    let limiter = limiter()
    for _ in 0..<3 { #expect(limiter.take(.code, of: "a", at: start) == nil) }
    limiter.giveBack(.code, of: "a", at: start)
    #expect(limiter.take(.code, of: "a", at: start) == nil)
    #expect(limiter.take(.code, of: "a", at: start) != nil)
    limiter.giveBack(.code, of: "a", count: 100, at: start)
    for _ in 0..<3 { #expect(limiter.take(.code, of: "a", at: start) == nil) }
    #expect(limiter.take(.code, of: "a", at: start) != nil)
    // Nobody's, and under a name without a limit.
    limiter.giveBack(.code, of: "b", at: start)
    limiter.giveBack(.address, of: "a", at: start)
  }

  @Test func `a clock set back gives nothing and takes nothing`() {
    let limiter = limiter()
    for _ in 0..<3 { _ = limiter.take(.code, of: "a", at: start) }
    #expect(limiter.take(.code, of: "a", at: start - .seconds(3600)) == .seconds(10))
    #expect(limiter.take(.code, of: "a", at: start - .seconds(3590)) == nil)
  }

  @Test func `over any time nobody gets more than the burst and what came in since`() {
    var generator = SeededGenerator.announced(for: "RateLimiterTests")
    for _ in 0..<200 {
      let limit = RateLimit(
        perMinute: Int.random(in: 1...600, using: &generator), burst: Int.random(in: 1...50, using: &generator))
      let limiter = limiter(limit)
      var now = start
      var taken = 0
      for _ in 0..<300 {
        now = now + .milliseconds(Int64.random(in: 0...2000, using: &generator))
        if limiter.take(.code, of: "a", at: now) == nil { taken += 1 }
        let most = Double(limit.burst) + (now - start).inSeconds * Double(limit.perMinute) / 60
        #expect(Double(taken) <= most + 1e-6)
      }
    }
  }

  @Test func `a crowd cannot make a full table forget those at their limit`() {
    let limiter = limiter(RateLimit(perMinute: 1, burst: 2), slots: 64)
    for _ in 0..<2 { _ = limiter.take(.code, of: "greedy", at: start) }
    #expect(limiter.take(.code, of: "greedy", at: start) != nil)
    for number in 0..<10_000 { _ = limiter.take(.code, of: number, at: start) }
    #expect(limiter.take(.code, of: "greedy", at: start) != nil)
  }

  @Test func `what an address sends too often gets 429 with the time to wait`() async throws {
    let clock = start
    let limits = RateLimit(perMinute: 2, burst: 1)
    let limit = AddressLimit(
      RateLimiter([.address: limits, .reads: limits], metrics: TestMetrics()), clock: { clock })
    func send(_ method: HTTPRequest.Method, from address: String?) async throws -> Response? {
      let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: "/opinions")
      return await limit.respond(to: try Request(head: head, client: address.flatMap { ClientAddress($0) }))
    }
    #expect(try await send(.post, from: "192.0.2.1") == nil)
    let refused = try #require(try await send(.post, from: "192.0.2.1"))
    #expect(refused.head.status == .tooManyRequests)
    #expect(refused.head.headerFields[.retryAfter] == "30")
    #expect(try await send(.get, from: "192.0.2.1") == nil)
    #expect(try await send(.get, from: "192.0.2.1") != nil)
    #expect(try await send(.post, from: "192.0.2.2") == nil)
    #expect(try await send(.post, from: "2001:db8::1") == nil)
    #expect(try await send(.post, from: "2001:db8::2") != nil)
    #expect(try await send(.post, from: "2001:db8:0:1::2") == nil)
    for _ in 0..<5 {
      #expect(try await send(.post, from: "127.0.0.1") == nil)
      #expect(try await send(.post, from: "::ffff:127.0.0.1") == nil)
      #expect(try await send(.post, from: nil) == nil)
    }
  }
}
