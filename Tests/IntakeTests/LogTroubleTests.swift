import EventLog
import HTTPTypes
import HTTPValues
import Intake
import Testing
import Time

struct LogTroubleTests {
  @Test func `while the log is away an opinion gets 503 and is not taken`() async throws {
    let gateway = try Gateway()
    gateway.log.setAway(true)
    let start = gateway.clock.now
    let response = try await gateway.post(key: "k1")
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.head.headerFields[.retryAfter] == "5")
    #expect(try !response.problem.detail.contains("路灯"))
    #expect(gateway.clock.now - start <= OpinionInbox.patience)
    #expect(gateway.clock.now - start >= .seconds(1))
    #expect(gateway.log.published.isEmpty)
    #expect(try gateway.count("unavailable") == 1)
    #expect(try gateway.count("accepted") == 0)
    gateway.log.setAway(false)
    #expect(try await gateway.post(key: "k1").head.status == .accepted)
    #expect(gateway.log.published.count == 1)
    #expect(try gateway.count("repeated") == 0)
  }

  @Test func `a short trouble is waited out`() async throws {
    let gateway = try Gateway()
    gateway.log.meet(.refuses(PublishingLog.away), .refuses(PublishingLog.away))
    #expect(try await gateway.post().head.status == .accepted)
    #expect(gateway.log.published.count == 1)
    #expect(gateway.log.publishers == ["gateway-1"])
  }

  @Test func `a broken publisher is made anew, and its event stays the same`() async throws {
    let gateway = try Gateway()
    gateway.log.meet(.losesAnswer(LogError(.unknownOutcome, "no answer", recovery: .restart)))
    #expect(try await gateway.post().head.status == .accepted)
    #expect(gateway.log.publishers == ["gateway-1", "gateway-1"])
    try #require(gateway.log.published.count == 2)
    #expect(gateway.log.published[0] == gateway.log.published[1])
  }

  @Test func `what no repetition helps is answered at once`() async throws {
    let gateway = try Gateway()
    let start = gateway.clock.now
    gateway.log.meet(.refuses(LogError(.unknownTopic, "no topic opinions", recovery: .stop)))
    #expect(try await gateway.post().head.status == .serviceUnavailable)
    gateway.log.meet(.refuses(LogError(.recordTooLarge, "too large", recovery: .stop)))
    #expect(try await gateway.post().head.status == .contentTooLarge)
    #expect(gateway.clock.now == start)
  }

  @Test func `a store of keys that cannot be used says where`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: IdempotencyStore.Failure.self) { try IdempotencyStore(path: folder.path("missing/keys.sqlite")) }
  }
}
