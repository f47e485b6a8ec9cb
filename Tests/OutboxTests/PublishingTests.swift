import EventLog
import Logging
import MetricsTestKit
import Outbox
import Testing
import Time
import TwoStages

@Suite(.timeLimit(.minutes(1))) struct PublishingTests {
  private static let lost = LogError(.unknownOutcome, "no answer", recovery: .restart)

  @Test func `what is put together reaches the log together and in order`() async throws {
    let post = try Post()
    let outputs = [
      Post.output("1"), Post.output("2", to: "chats"),
      Output(to: "opinions", partition: 2, Record(key: nil, value: nil)),
      Post.output("3"),
    ]
    #expect(await post.outbox.put(outputs) == .durable)
    await post.finish()
    #expect(try post.log.texts() == ["", "1", "3"])
    #expect(try post.log.texts(of: "chats") == ["2"])
    #expect(try post.log.records()[2].contains(Record(key: nil, value: nil)))
    #expect(post.log.publications == 1)
    #expect(
      try post.log.records().contains([outputs[0].record, outputs[3].record]) || post.log.records()[2].count == 3)
  }

  @Test func `a minute without the log fails no one, and afterwards all is there once and in order`() async throws {
    let post = try Post()
    let back = post.clock.now + .seconds(60)
    post.log.beAway { post.clock.now < back }
    let refused = await withTaskGroup(of: Int.self) { group in
      for caller in 0..<20 {
        group.addTask {
          var refused = 0
          for number in 0..<50 where await post.put("\(caller) \(1000 + number)", key: "\(caller)") != .durable {
            refused += 1
          }
          return refused
        }
      }
      return await group.reduce(0, +)
    }
    #expect(refused == 0)
    await post.finish()
    #expect(post.clock.now >= back)
    let wanted = (0..<20).flatMap { caller in (0..<50).map { "\(caller) \(1000 + $0)" } }
    #expect(try post.log.texts() == wanted.sorted())
    for records in try post.log.records() {
      for (_, ofCaller) in Dictionary(grouping: records, by: \.key) {
        let texts = ofCaller.map { String(decoding: $0.value ?? [], as: UTF8.self) }
        #expect(texts == texts.sorted())
      }
    }
    #expect(post.outbox.waiting == 0)
  }

  @Test func `what a process leaves behind is published by the next, in order and once`() async throws {
    let folder = try TemporaryFolder()
    let first = try Post(folder.path("outbox.sqlite"))
    first.log.setAway(true)
    for number in 0..<10 { #expect(await first.put("\(number)") == .durable) }
    await first.outbox.close(within: .zero)
    #expect(first.outbox.waiting == 10)
    first.log.setAway(false)
    let second = try Post(folder.path("outbox.sqlite"), log: first.log, clock: first.clock)
    #expect(await second.put("new") == .durable)
    await second.finish()
    let texts = try first.log.records().flatMap { $0 }.map { String(decoding: $0.value ?? [], as: UTF8.self) }
    #expect(texts == (0..<10).map { "\($0)" } + ["new"])
  }

  @Test func `what the log took though its answer was lost is not published again`() async throws {
    let post = try Post()
    #expect(await post.put("before") == .durable)
    await post.log.holds(1)
    post.log.meet(.losesAnswer(Self.lost))
    #expect(await post.put("lost") == .durable)
    await post.log.holds(2)
    #expect(await post.put("after") == .durable)
    await post.finish()
    #expect(try post.log.texts() == ["after", "before", "lost"])
    #expect(post.log.publishers == ["gateway-1", "gateway-1"])
  }

  @Test func `a crash between publishing and letting go repeats nothing, also with others' records between`()
    async throws
  {
    let folder = try TemporaryFolder()
    let first = try Post(folder.path("outbox.sqlite"))
    #expect(await first.put("early") == .durable)
    await first.log.holds(1)
    // As if the process were killed: the records are in the log, the spool doesn't hear of it.
    first.log.meet(.losesAnswer(LogError(.unknownOutcome, "killed", recovery: .stop)))
    #expect(await first.outbox.put([Post.output("1"), Post.output("2", key: "other")]) == .durable)
    await first.log.holds(3)
    first.log.setAway(true)
    #expect(await first.put("3") == .durable)
    await first.outbox.close(within: .zero)
    first.log.setAway(false)
    let another = try first.log.openPublisher(as: "another")
    _ = try another.publish((0..<3000).map { Post.output("other \($0)", key: "\($0)") })
    let second = try Post(folder.path("outbox.sqlite"), log: first.log, clock: first.clock)
    #expect(await second.put("4") == .durable)
    await second.finish()
    #expect(try first.log.texts().filter { !$0.hasPrefix("other") } == ["1", "2", "3", "4", "early"])
  }

  @Test func `a short trouble keeps the publisher, a broken one is made anew`() async throws {
    let post = try Post()
    post.log.meet(.refuses(TroubledLog.away), .refuses(TroubledLog.away))
    #expect(await post.put("1") == .durable)
    await post.log.holds(1)
    #expect(post.log.publishers == ["gateway-1"])
    post.log.meet(.refuses(LogError(.unknownTopic, "no topic opinions", recovery: .stop)))
    #expect(await post.put("2") == .durable)
    await post.finish()
    #expect(post.log.publishers == ["gateway-1", "gateway-1"])
    #expect(try post.log.texts() == ["1", "2"])
  }

  @Test func `another publisher of this name is said once`() async throws {
    let lines = LogLines()
    let post = try Post(logger: Logger(label: "test") { _ in lines })
    let fenced = LogError(.fenced, "another has the name", recovery: .stop)
    for number in 0..<3 {
      post.log.meet(.refuses(fenced), .refuses(fenced))
      #expect(await post.put("\(number)") == .durable)
      await post.log.holds(number + 1)
    }
    await post.finish()
    #expect(lines.all.filter { $0 == "error another publisher has this gateway's name" }.count == 1)
    #expect(lines.all.filter { $0.hasPrefix("error") || $0.hasPrefix("warning") }.count == 1)
    #expect(try post.log.texts() == ["0", "1", "2"])
  }

  @Test func `trouble and its end are said once each`() async throws {
    let lines = LogLines()
    let post = try Post(logger: Logger(label: "test") { _ in lines })
    post.log.meet(.refuses(TroubledLog.away), .refuses(TroubledLog.away), .refuses(TroubledLog.away))
    #expect(await post.put("1") == .durable)
    await post.finish()
    #expect(
      lines.all == ["warning the log takes no records; they wait in the spool", "info the log takes records again"])
  }

  @Test func `a record that the log will not take after all stays behind, and holds up no other`() async throws {
    let folder = try TemporaryFolder()
    let clock = DrivenClock()
    let strict = try TroubledLog(clock: { clock.now }, largest: 20)
    let first = try Post(folder.path("outbox.sqlite"), log: strict, clock: clock)
    strict.setAway(true)
    #expect(await first.put("1") == .durable)
    #expect(await first.put(String(repeating: "x", count: 30)) == .durable)
    #expect(await first.put("2") == .durable)
    strict.setAway(false)
    await first.finish()
    #expect(try strict.texts() == ["1", "2"])
    #expect(try first.counter("refused") == 1)
    #expect(first.outbox.waiting == 1)
    let generous = try TroubledLog(clock: { clock.now })
    let second = try Post(folder.path("outbox.sqlite"), log: generous, clock: clock)
    await second.finish()
    #expect(try generous.texts() == [String(repeating: "x", count: 30)])
  }

  @Test func `gauges tell how much waits and for how long`() async throws {
    let post = try Post()
    let back = post.clock.now + .seconds(600)
    post.log.beAway { post.clock.now < back }
    #expect(await post.put("1") == .durable)
    await post.finish()
    #expect(try post.metrics.expectGauge("huiyin_outbox_oldest_seconds").values.max() ?? 0 > 590)
    #expect(try post.metrics.expectGauge("huiyin_outbox_waiting").values.contains(1))
    #expect(try post.gauge("waiting") == 0)
    #expect(try post.gauge("bytes") == 0)
    #expect(try post.gauge("oldest_seconds") == 0)
    #expect(try post.counter("published") == 1)
    #expect(try post.counter("puts") == 1)
  }
}
