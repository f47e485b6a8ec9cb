import EventLog
import Foundation
import GivenBroker
import KafkaLog
import Synchronization
import Testing

extension RealBroker {
  /// What only a real broker can show, and the conformance suite can't ask for.
  @Suite struct RealBrokerTests {
    private let trial: BrokerTrial

    init() throws {
      trial = try BrokerTrial()
    }

    @Test func `a zombie's work is undone, and it joins again by itself`() throws {
      let log = try trial.open { $0.properties["max.poll.interval.ms"] = "6000" }
      try trial.createTopics(in: log)
      _ = try log.publish((0..<40).map { .test("in", "key-\($0)", "\($0)") })
      let zombie = try log.member("zombie")
      let seen = try zombie.poll(until: "all records") { $0.records.count == 40 }
      let other = try log.member("other")
      let taken = try other.poll(until: "all records, when the zombie was silent too long") { $0.records.count == 40 }
      #expect(try zombie.commit(seen.outcome) == .undone)
      #expect(try trial.contents(of: "out", in: log).isEmpty)
      guard case .committed = try other.commit(taken.outcome) else {
        Issue.record("the other member's commit was undone")
        return
      }
      try zombie.poll(until: "half of the partitions", letting: [other]) { $0.last.positions.count == 2 }
      #expect(try trial.contents(of: "out", in: log).count == 40)
      zombie.leave()
      other.leave()
    }

    @Test func `a topic that takes only small batches gets small ones, from one who wrote large ones before`() throws {
      let log = try trial.open()
      try trial.createTopics(in: log)
      let small = TopicSpecification(
        name: "small", partitions: 1, cleanup: .delete(after: nil), maximumRecordSize: 1000)
      _ = try log.create([small])
      let publisher = try log.openPublisher(as: "test")
      defer { publisher.close() }
      let record = Record(key: [1], value: [UInt8](repeating: 7, count: 900))
      _ = try publisher.publish((0..<1200).map { _ in Output(to: "out", record) })
      let places = try publisher.publish((0..<1200).map { _ in Output(to: "small", record) })
      #expect(places.map(\.offset) == (0..<1200).map { Offset($0) })
    }

    @Test func `what a killed member left open is ended when it is back`() throws {
      let log = try trial.open()
      try trial.createTopics(in: log)
      let killed = try OpenTransaction("member/group/one", on: trial.home)
      try killed.write("v", to: "out")
      let reader = try log.openReader()
      let partition = TopicPartition("out", 0)
      #expect(try reader.bounds(of: partition) == 0..<1, "an open transaction counts towards the end")
      let blocked = try reader.read(from: [partition: 0], for: .milliseconds(500), limit: .test)
      #expect(blocked.records.isEmpty && blocked.positions == [partition: 0])
      let back = try log.member("one")
      #expect(try trial.contents(of: "out", in: log).isEmpty)
      #expect(try reader.bounds(of: partition).upperBound == 2, "with the record that says it was aborted")
      back.leave()
      reader.close()
    }

    @Test(.enabled(if: GivenBroker.canBeRestarted, "\(GivenBroker.noRestart)"))
    func `a broker that is killed and restarted under load loses, repeats and reorders nothing`() throws {
      let log = try trial.open()
      try trial.createTopics(in: log)
      let copying = try (0..<2).map { try Copying("\($0)", in: trial.open()) }
      var published = 0
      let publish = { () throws in
        let publisher = try log.openPublisher(as: "test")
        for _ in 0..<10 {
          _ = try publisher.publish((published..<published + 100).map { .test("in", "key-\($0 % 20)", "\($0)") })
          published += 100
        }
        publisher.close()
      }
      let end = ContinuousClock.now + .seconds(240)
      func wait(for count: Int) throws {
        while try trial.contents(of: "out", in: log).count < count {
          if ContinuousClock.now > end { throw GaveUp(waitingFor: "\(count) outputs") }
        }
      }
      try publish()
      try wait(for: 100)
      for _ in 0..<3 {
        try publish()
        try GivenBroker.restart()
      }
      try wait(for: published)
      for copying in copying { try copying.stop() }
      let outputs = try trial.contents(of: "out", in: log)
      #expect(outputs.count == published)
      for (key, records) in Dictionary(grouping: outputs, by: \.record.key) {
        let numbers = records.compactMap { Int(String(decoding: $0.record.value ?? [], as: UTF8.self)) }
        let first = try #require(Int(String(decoding: key ?? [], as: UTF8.self).dropFirst(4)))
        #expect(numbers == Array(stride(from: first, to: published, by: 20)))
      }
    }
  }
}

/// Copies `in` to `out` on a thread of its own, as a worker would, whatever happens to the log.
private final class Copying: Sendable {
  private let stopped = Mutex(false)
  private let failure = Mutex<LogError?>(nil)
  private let finished = DispatchSemaphore(value: 0)

  init(_ member: String, in log: any EventLog) {
    Thread { [self] in
      var joined: (any LogMember)?
      while !stopped.withLock({ $0 }) {
        do throws(LogError) {
          if joined == nil { joined = try log.member(member) }
          guard let member = joined else { continue }
          var seen = Seen()
          seen.last = try member.poll(for: .milliseconds(100), limit: .test, paused: [])
          seen.records = seen.last.records
          if !seen.records.isEmpty { _ = try member.commit(seen.outcome) }
        } catch {
          if error.recovery == .restart {
            joined?.leave()
            joined = nil
          }
          if error.recovery == .stop {
            failure.withLock { $0 = error }
            break
          }
        }
      }
      joined?.leave()
      finished.signal()
    }.start()
  }

  func stop() throws {
    stopped.withLock { $0 = true }
    finished.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
