import EventLog
import Outbox
import Testing
import Time
import TwoStages

@Suite(.timeLimit(.minutes(1))) struct KeyTests {
  private static func key(_ digest: UInt8, content: UInt8 = 1) -> OutboxKey {
    OutboxKey(digest: [digest], content: [content])
  }

  @Test func `what comes under a key again is known, or is something else`() async throws {
    let post = try Post()
    #expect(await post.outbox.put([Post.output("1")], under: Self.key(1)) == .durable)
    #expect(await post.outbox.put([Post.output("1")], under: Self.key(1)) == .repeated)
    #expect(await post.outbox.put([Post.output("2")], under: Self.key(1, content: 2)) == .conflicting)
    #expect(await post.outbox.put([Post.output("3")], under: Self.key(2)) == .durable)
    await post.finish()
    #expect(try post.log.texts() == ["1", "3"])
  }

  @Test func `a key is known after a restart, and forgotten after seven days`() async throws {
    let folder = try TemporaryFolder()
    let first = try Post(folder.path("outbox.sqlite"))
    #expect(await first.outbox.put([Post.output("1")], under: Self.key(1)) == .durable)
    await first.finish()
    let second = try Post(folder.path("outbox.sqlite"), log: first.log, clock: first.clock)
    first.clock.advance(by: SpoolingOutbox.keyRetention - .milliseconds(1))
    #expect(await second.outbox.put([Post.output("1")], under: Self.key(1)) == .repeated)
    first.clock.advance(by: .milliseconds(1))
    #expect(await second.outbox.put([Post.output("2")], under: Self.key(1, content: 2)) == .durable)
    await second.finish()
    #expect(try first.log.texts() == ["1", "2"])
  }

  @Test func `of many at once under one key one is put`() async throws {
    let post = try Post()
    let results = await withTaskGroup(of: KeyedResult.self) { group in
      for _ in 0..<50 { group.addTask { await post.outbox.put([Post.output("1")], under: Self.key(1)) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.filter { $0 == .durable }.count == 1)
    #expect(results.filter { $0 == .repeated }.count == 49)
    await post.finish()
    #expect(try post.log.texts() == ["1"])
  }

  @Test func `a key whose records could not be stored is not used up`() async throws {
    let post = try Post { $0.capacity = 100 }
    let large = Post.output(String(repeating: "x", count: 200))
    #expect(await post.outbox.put([large], under: Self.key(1)) == .unavailable)
    #expect(await post.outbox.put([Post.output("1")], under: Self.key(1, content: 2)) == .durable)
    await post.finish()
    #expect(try post.log.texts() == ["1"])
  }
}
