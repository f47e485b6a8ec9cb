import EventLog
import Outbox
import Testing
import Time
import TwoStages

@Suite(.timeLimit(.minutes(1))) struct PuttingTests {
  @Test func `all that comes while one transaction goes to the disk is the next`() async throws {
    let gate = Gate()
    gate.shut()
    let post = try Post { $0.atCommitStage = { if $0 == .written { gate.pass() } } }
    post.log.setAway(true)
    async let first = post.put("first")
    await gate.holdsOne()
    let begun = Count()
    let others = (0..<200).map { number in
      Task {
        begun.increment()
        return await post.put("\(number)")
      }
    }
    while begun.value < 200 { await Task.yield() }
    gate.open()
    #expect(await first == .durable)
    for other in others { #expect(await other.value == .durable) }
    let commits = try post.counter("commits")
    #expect(try post.counter("puts") == 201)
    // Two, and one more where a caller had begun but not yet put.
    #expect(commits <= 10, "\(commits) transactions")
    post.log.setAway(false)
    await post.finish()
    #expect(try post.log.texts().count == 201)
  }

  @Test func `a record that its topic does not take is told before anything is stored`() async throws {
    let post = try Post()
    let large = Post.output(String(repeating: "x", count: 60), to: "chats")
    #expect(large.record.size > 100)
    #expect(await post.outbox.put([Post.output("small"), large]) == .tooLarge)
    let largest = Record(key: nil, value: [UInt8](repeating: 1, count: 1_048_576))
    #expect(await post.outbox.put([Output(to: "opinions", largest)]) == .durable)
    let larger = Record(key: [1], value: largest.value)
    #expect(await post.outbox.put([Output(to: "opinions", larger)]) == .tooLarge)
    await post.finish()
    #expect(try post.log.records().flatMap { $0 } == [largest])
  }

  @Test func `nothing is durable at once`() async throws {
    let post = try Post()
    #expect(await post.outbox.put([]) == .durable)
    await post.finish()
    #expect(post.log.publications == 0)
  }

  @Test func `a full disk is told, loses nothing, and is over when the log has taken what was there`() async throws {
    let folder = try TemporaryFolder()
    let post = try Post(folder.path("outbox.sqlite")) { $0.maximumPages = 60 }
    post.log.setAway(true)
    let text = String(repeating: "x", count: 5000)
    var durable: [String] = []
    for number in 100..<200 {
      guard await post.put("\(number)" + text) == .durable else { break }
      durable.append("\(number)" + text)
    }
    #expect((10..<100).contains(durable.count))
    #expect(await post.put("one more" + text) == .unavailable)
    #expect(post.outbox.notReady(at: post.clock.now)?.hasPrefix("outbox: the spool's disk says: ") == true)
    post.log.setAway(false)
    await post.log.holds(durable.count)
    while post.outbox.waiting > 0 { await Task.yield() }
    #expect(await post.put("room") == .durable)
    #expect(post.outbox.notReady(at: post.clock.now) == nil)
    await post.finish()
    #expect(try post.log.texts() == durable + ["room"])
  }

  @Test func `beyond its capacity nothing is taken`() async throws {
    let post = try Post { $0.capacity = 1500 }
    post.log.setAway(true)
    let text = String(repeating: "x", count: 300)
    #expect(await post.put("1" + text) == .durable)
    #expect(await post.put("2" + text) == .durable)
    #expect(await post.put("3" + text) == .unavailable)
    post.log.setAway(false)
    await post.log.holds(2)
    while post.outbox.waiting > 0 { await Task.yield() }
    #expect(await post.put("4" + text) == .durable)
    await post.finish()
    #expect(try post.log.texts().map { $0.prefix(1) } == ["1", "2", "4"])
  }

  @Test func `nobody waits longer for the disk than the patience`() async throws {
    let gate = Gate()
    gate.shut()
    let clock = DrivenClock()
    let stuck = Count()
    let post = try Post(
      clock: clock, change: { $0.atCommitStage = { if $0 == .began { gate.pass() } } },
      wait: {
        // Time goes on only once the disk is stuck.
        while stuck.value == 0, !Task.isCancelled { await Task.yield() }
        clock.advance(by: $0)
      })
    let begin = clock.now
    async let first = post.put("1")
    await gate.holdsOne()
    async let second = post.put("2")
    stuck.increment()
    #expect(await first == .unavailable)
    #expect(await second == .unavailable)
    #expect(clock.now - begin >= .seconds(2))
    gate.open()
    #expect(await post.put("3") != .tooLarge)
  }

  @Test func `after its close nothing is taken`() async throws {
    let post = try Post()
    await post.finish()
    #expect(await post.put("1") == .unavailable)
    await post.finish()
  }

  @Test func `a file that cannot be used says so`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SpoolFailure.self) { try Post(folder.path("missing/outbox.sqlite")) }
  }
}
