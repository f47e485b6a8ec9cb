import EventLog
import HTTPTypes
import HTTPValues
import Intake
import Outbox
import Streams
import Testing

struct IdempotencyTests {
  @Test func `the same key and body get the same answer and no second record`() async throws {
    let gateway = try Gateway()
    let first = try await gateway.post(key: "k1")
    let second = try await gateway.post(key: "k1")
    #expect(first.head.status == .accepted)
    #expect(first == second)
    #expect(await gateway.published.count == 1)
    #expect(try gateway.count("accepted") == 1)
    #expect(try gateway.count("repeated") == 1)
  }

  @Test func `the same key with another body gets 422`() async throws {
    let gateway = try Gateway()
    _ = try await gateway.post(key: "k1")
    let response = try await gateway.post(#"{"text":"another"}"#, key: "k1")
    #expect(response.head.status == .unprocessableContent)
    #expect(try response.problem.detail.contains("Idempotency-Key"))
    #expect(await gateway.published.count == 1)
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
    let before = try Gateway(log: log, spool: folder.path("outbox.sqlite"))
    let first = try await before.post(key: "k1")
    await before.close()
    let again = try Gateway(log: log, spool: folder.path("outbox.sqlite"))
    #expect(try await again.post(key: "k1") == first)
    #expect(try await again.post(#"{"text":"another"}"#, key: "k1").head.status == .unprocessableContent)
    #expect(await again.published.count == 1)
  }

  @Test func `a lost spool makes the same event of the same key and body`() async throws {
    let log = PublishingLog()
    let one = try Gateway(log: log)
    let first = try await one.post(key: "k1")
    await one.close()
    let two = try Gateway(log: log)
    #expect(try await two.post(key: "k1") == first)
    let published = await two.published
    try #require(published.count == 2)
    #expect(try CloudEvent(published[0].record).id == CloudEvent(published[1].record).id)
  }

  @Test func `a key is forgotten after seven days, and then stands for another opinion`() async throws {
    let gateway = try Gateway()
    let first = try await gateway.post(key: "k1").receipt
    gateway.clock.advance(by: SpoolingOutbox.keyRetention - .milliseconds(1))
    #expect(try await gateway.post(#"{"text":"another"}"#, key: "k1").head.status == .unprocessableContent)
    gateway.clock.advance(by: .milliseconds(1))
    let second = try await gateway.post(#"{"text":"another"}"#, key: "k1").receipt
    #expect(first.case != second.case)
    #expect(await gateway.published.count == 2)
  }

  @Test func `two clients with scopes of their own may use one key`() async throws {
    let folder = try TemporaryFolder()
    let log = PublishingLog()
    let one = try Gateway(log: log, spool: folder.path("outbox.sqlite"), scope: "one")
    let first = try await one.post(key: "k1").receipt
    await one.close()
    let two = try Gateway(log: log, spool: folder.path("outbox.sqlite"), scope: "two")
    let second = try await two.post(key: "k1").receipt
    #expect(first.case != second.case)
    #expect(await two.published.count == 2)
  }

  @Test func `many requests with one key at once are one record`() async throws {
    let gateway = try Gateway()
    let cases = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await gateway.post(key: "k1").receipt.case } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(cases.count == 1)
    #expect(await gateway.published.count == 1)
  }
}
