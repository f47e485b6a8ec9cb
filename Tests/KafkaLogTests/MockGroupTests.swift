import EventLog
import KafkaLog
import Testing

/// Groups, and a broker that goes away.
@Suite struct MockGroupTests {
  private let mock: MockCluster

  init() throws {
    mock = try MockCluster()
    mock.create("in", "out")
  }

  @Test func `one member becomes two and one again`() throws {
    let log = try mock.log()
    let one = try log.member("one")
    try one.poll(until: "all partitions") { $0.held.count == 4 }
    let two = try log.member("two")
    try one.poll(until: "half of them", letting: [two]) { $0.last.positions.count == 2 }
    try two.poll(until: "the other half", letting: [one]) { $0.last.positions.count == 2 }
    two.leave()
    try one.poll(until: "all partitions again") { $0.last.positions.count == 4 }
    one.leave()
  }

  @Test func `what is lost and gained is told before records come`() throws {
    let log = try mock.log()
    _ = try log.publish((0..<8).map { .test("in", nil, "\($0)") })
    let one = try log.member("one")
    var polls: [Polled] = []
    while polls.last?.records.isEmpty ?? true {
      polls.append(try one.poll(for: .seconds(10), limit: .test, paused: []))
    }
    let first = try #require(polls.first { !$0.gained.isEmpty })
    #expect(first.records.isEmpty)
    #expect(first.gained.values.allSatisfy { $0 == 0 } && first.gained.count == 4)
    #expect(Set(first.ends.keys) == Set(first.gained.keys))
    one.leave()
  }

  @Test func `paused partitions stay, and nothing comes from them until they are resumed`() throws {
    let log = try mock.log()
    _ = try log.publish((0..<4).map { (number: Int) in .test("in", "a", "\(number)", partition: number) })
    let one = try log.member("one")
    let paused: Set = [TopicPartition("in", 1), TopicPartition("in", 3)]
    let some = try one.poll(paused: paused, until: "two records") { $0.records.count >= 2 }
    let none = try one.poll(for: .milliseconds(200), limit: .test, paused: paused)
    #expect(Set(some.records.map(\.partition.partition)) == [0, 2])
    #expect(none.records.isEmpty && none.positions.count == 4)
    let rest = try one.poll(until: "the other two") { $0.records.count >= 2 }
    #expect(Set(rest.records.map(\.partition.partition)) == [1, 3])
    one.leave()
  }

  @Test func `positions reach the ends when all is read`() throws {
    let log = try mock.log()
    _ = try log.publish((0..<20).map { .test("in", nil, "\($0)") })
    let one = try log.member("one")
    let seen = try one.poll(until: "the ends") { $0.records.count == 20 && $0.last.positions == $0.last.ends }
    #expect(seen.last.ends.values.reduce(0, +) == 20)
    one.leave()
  }

  @Test func `brokers that are away at the start are named, and told to be waited for`() throws {
    var settings = KafkaSettings(brokers: "127.0.0.1:1", logger: .quiet)
    settings.patience = .milliseconds(300)
    let log = try KafkaLog(settings)
    let error = #expect(throws: LogError.self) { try log.topics() }
    #expect(error?.code == .unreachable && error?.recovery == .retry)
    #expect(error?.reason.contains("kafka://127.0.0.1:1") == true)
    #expect(error?.reason.contains("refused") == true, "\(error?.reason ?? "")")
  }

  @Test func `a broker that is away when a member joins is told, and joining succeeds when it is back`() throws {
    let log = try mock.log(patience: .milliseconds(500))
    mock.goDown()
    let error = #expect(throws: LogError.self) { try log.member("one") }
    #expect(error?.code == .unreachable && error?.recovery == .retry)
    mock.comeUp()
    var joined: (any LogMember)?
    let end = ContinuousClock.now + .seconds(60)
    while joined == nil {
      if ContinuousClock.now > end { throw GaveUp(waitingFor: "the member") }
      do throws(LogError) { joined = try log.member("one") } catch { #expect(error.recovery == .retry) }
    }
    try joined?.poll(until: "all partitions") { $0.held.count == 4 }
    joined?.leave()
  }

  @Test func `a broker that goes away is told by the poll, and all goes on when it is back`() throws {
    let log = try mock.log(patience: .milliseconds(500))
    _ = try mock.log().publish((0..<4).map { .test("in", nil, "\($0)") })
    let one = try log.member("one")
    try one.poll(until: "four records") { $0.records.count == 4 }
    mock.goDown()
    let error = #expect(throws: LogError.self) { try one.poll(for: .zero, limit: .test, paused: []) }
    #expect(error?.code == .unreachable && error?.recovery == .retry)
    mock.comeUp()
    var records: [StoredRecord] = []
    let end = ContinuousClock.now + .seconds(60)
    while records.count < 4 {
      if ContinuousClock.now > end { throw GaveUp(waitingFor: "the records again, since none was committed") }
      do throws(LogError) {
        records += try one.poll(for: .milliseconds(100), limit: .test, paused: []).records
      } catch {
        #expect(error.recovery == .retry)
      }
    }
    #expect(records.count == 4)
    one.leave()
  }

  @Test func `a topic that isn't there is waited for`() throws {
    let log = try mock.log()
    let error = #expect(throws: LogError.self) { try log.openReader().bounds(of: TopicPartition("in", 9)) }
    #expect(error?.code == .unknownTopic)
  }
}
