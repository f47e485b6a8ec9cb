import EventLog
import HTTPTypes
import HTTPValues
import Intake
import Streams
import Testing

struct IdempotencyTests {
  private static let lost = LogError(.unknownOutcome, "no answer", recovery: .restart)

  @Test func `the same key and body get the same answer and no second record`() async throws {
    let gateway = try Gateway()
    let first = try await gateway.post(key: "k1")
    let second = try await gateway.post(key: "k1")
    #expect(first.head.status == .accepted)
    #expect(first == second)
    #expect(gateway.log.published.count == 1)
    #expect(try gateway.count("accepted") == 1)
    #expect(try gateway.count("repeated") == 1)
  }

  @Test func `the same key with another body gets 422`() async throws {
    let gateway = try Gateway()
    _ = try await gateway.post(key: "k1")
    let response = try await gateway.post(#"{"text":"another"}"#, key: "k1")
    #expect(response.head.status == .unprocessableContent)
    #expect(try response.problem.detail.contains("Idempotency-Key"))
    #expect(gateway.log.published.count == 1)
    #expect(try gateway.count("conflicting") == 1)
  }

  @Test func `a broken body does not use up its key`() async throws {
    let gateway = try Gateway()
    #expect(try await gateway.post("{}", key: "k1").head.status == .badRequest)
    #expect(try await gateway.post(key: "k1").head.status == .accepted)
  }

  @Test func `keys outlive a restart`() async throws {
    let folder = try TemporaryFolder()
    let log = PublishingLog()
    let first = try await Gateway(log: log, keys: folder.path("keys.sqlite")).post(key: "k1")
    let again = try Gateway(log: log, keys: folder.path("keys.sqlite"))
    #expect(try await again.post(key: "k1") == first)
    #expect(try await again.post(#"{"text":"another"}"#, key: "k1").head.status == .unprocessableContent)
    #expect(log.published.count == 1)
  }

  @Test func `a crash between publishing and remembering it repeats the same event, byte for byte`() async throws {
    let folder = try TemporaryFolder()
    let log = PublishingLog()
    let lost = PublishingLog.Trouble.losesAnswer(LogError(.unknownOutcome, "killed", recovery: .stop))
    log.meet(lost)
    let clock = Gateway.Clock()
    let first = try await Gateway(log: log, clock: clock, keys: folder.path("keys.sqlite")).post(key: "k1")
    #expect(first.head.status == .serviceUnavailable)
    clock.advance(by: .seconds(60))
    let again = try Gateway(log: log, clock: clock, keys: folder.path("keys.sqlite"))
    #expect(try await again.post(key: "k1").head.status == .accepted)
    try #require(log.published.count == 2)
    #expect(log.published[0] == log.published[1])
  }

  @Test func `a crash before publishing loses nothing that was accepted`() async throws {
    let folder = try TemporaryFolder()
    let log = PublishingLog()
    log.setAway(true)
    #expect(
      try await Gateway(log: log, keys: folder.path("keys.sqlite")).post(key: "k1").head.status == .serviceUnavailable)
    log.setAway(false)
    #expect(try await Gateway(log: log, keys: folder.path("keys.sqlite")).post(key: "k1").head.status == .accepted)
    #expect(log.published.count == 1)
  }

  @Test func `a lost store makes the same event of the same key and body`() async throws {
    let log = PublishingLog()
    let first = try await Gateway(log: log).post(key: "k1")
    let second = try await Gateway(log: log).post(key: "k1")
    #expect(first == second)
    try #require(log.published.count == 2)
    #expect(try CloudEvent(log.published[0].record).id == CloudEvent(log.published[1].record).id)
  }

  @Test func `a key is forgotten after seven days, and then stands for another opinion`() async throws {
    let gateway = try Gateway()
    let first = try await gateway.post(key: "k1").receipt
    gateway.clock.advance(by: IdempotencyStore.retention - .milliseconds(1))
    #expect(try await gateway.post(#"{"text":"another"}"#, key: "k1").head.status == .unprocessableContent)
    gateway.clock.advance(by: .milliseconds(1))
    let second = try await gateway.post(#"{"text":"another"}"#, key: "k1").receipt
    #expect(first.case != second.case)
    #expect(gateway.log.published.count == 2)
  }

  @Test func `two clients with scopes of their own may use one key`() async throws {
    let folder = try TemporaryFolder()
    let log = PublishingLog()
    let one = try await Gateway(log: log, keys: folder.path("keys.sqlite"), scope: "one").post(key: "k1").receipt
    let two = try await Gateway(log: log, keys: folder.path("keys.sqlite"), scope: "two").post(key: "k1").receipt
    #expect(one.case != two.case)
    #expect(log.published.count == 2)
  }

  @Test func `many requests with one key at once are one record`() async throws {
    let gateway = try Gateway()
    let cases = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await gateway.post(key: "k1").receipt.case } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(cases.count == 1)
    #expect(gateway.log.published.count == 1)
  }
}
