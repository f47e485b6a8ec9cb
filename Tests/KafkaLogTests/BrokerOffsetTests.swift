import EventLog
import KafkaLog
import Testing

extension RealBroker {
  /// Records that retention takes away from under those who read them.
  @Suite struct BrokerOffsetTests {
    private let trial: BrokerTrial
    private let log: KafkaLog
    private let partition = TopicPartition("in", 0)

    init() throws {
      trial = try BrokerTrial()
      // The least that is fetched ahead.
      log = try trial.open { $0.prefetch = 1 }
      try trial.createTopics(in: log)
    }

    private func publish(_ numbers: Range<Int>, size: Int = 1) throws {
      for number in numbers {
        let value = [UInt8](repeating: UInt8(number), count: size)
        _ = try log.publish([Output(to: "in", partition: 0, Record(key: [1], value: value))])
      }
    }

    private func numbers(_ records: [StoredRecord]) -> [Int] { records.map { Int($0.record.value?.first ?? 255) } }

    @Test func `a member whose committed offset was deleted goes on at the first record there is`() throws {
      try publish(0..<10)
      let before = try log.member("one")
      let seen = try before.poll(until: "all records") { $0.records.count == 10 }
      var outcome = seen.outcome
      outcome.positions[partition] = seen.records[3].offset
      #expect(try before.commit(outcome) != .undone)
      before.leave()
      try trial.delete(before: seen.records[6].offset, of: partition)
      let after = try log.member("one")
      let rest = try after.poll(until: "what is left") { $0.records.count >= 4 }
      #expect(numbers(rest.records) == [6, 7, 8, 9])
      after.leave()
    }

    @Test func `a member whose position is deleted while it reads begins again at the first record there is`() throws {
      try publish(0..<60, size: 100_000)
      var member = try log.member("one")
      try member.poll(paused: [partition], until: "all partitions") { $0.held.count == 4 }
      let place = try log.openReader().bounds(of: partition).upperBound
      try publish(60..<65)
      try trial.delete(before: place, of: partition)
      // It may first hand out what it had fetched.
      var errors: [LogError] = []
      var seen = Seen()
      let end = ContinuousClock.now + .seconds(60)
      while numbers(seen.records).last != 64 {
        if ContinuousClock.now > end { throw GaveUp(waitingFor: "the last record after \(errors)") }
        do throws(LogError) {
          seen.last = try member.poll(for: .milliseconds(100), limit: .test, paused: [])
          seen.records += seen.last.records
        } catch {
          // All that was handed out is void.
          seen.records = []
          errors.append(error)
          member.leave()
          member = try log.member("one")
        }
      }
      #expect(errors.map(\.code) == [.offsetOutOfRange] && errors.map(\.recovery) == [.restart])
      #expect(numbers(seen.records) == Array(60..<65))
      #expect(try member.commit(seen.outcome) != .undone)
      member.leave()
    }

    @Test func `a reader is told when its position is deleted`() throws {
      try publish(0..<10)
      let reader = try log.openReader()
      let bounds = try reader.bounds(of: partition)
      try trial.delete(before: 8, of: partition)
      let error = #expect(throws: LogError.self) {
        try reader.read(from: [partition: 2], for: .seconds(1), limit: .test)
      }
      #expect(error?.code == .offsetOutOfRange && error?.recovery == .stop)
      #expect(try reader.bounds(of: partition) == 8..<bounds.upperBound)
      reader.close()
    }
  }
}
