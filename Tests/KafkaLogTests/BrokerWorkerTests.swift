import CLibrdkafka
import EventLog
import Foundation
import GivenBroker
import KafkaLog
import Streams
import Testing
import Time
import TwoStages

extension RealBroker {
  /// A worker with state, over what only a real broker holds.
  @Suite struct BrokerWorkerTests {
    private let trial: BrokerTrial
    private let log: KafkaLog
    private let now: @Sendable () -> Instant = {
      Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    init() throws {
      trial = try BrokerTrial()
      log = try trial.open()
      #expect(try log.create(TwoStages.topics()).allSatisfy { $0.result == .created })
    }

    private static let keys = 40

    private func publish(_ numbers: ClosedRange<Int>) throws {
      for number in numbers {
        _ = try log.publish((0..<Self.keys).map { Deed(number: number).output(key: "key-\($0)") })
      }
    }

    /// A whole life of a worker: it restores, works until so many tallies are there, and leaves.
    private func live(untilTallies count: Int) throws {
      let worker = Worker(
        TallyProcessor(), log: log, settings: WorkerSettings(member: "one"), now: now, logger: .quiet)
      let end = ContinuousClock.now + .seconds(60)
      while try trial.contents(of: TwoStages.tallies, in: log).count < count {
        if ContinuousClock.now > end { throw GaveUp(waitingFor: "\(count) tallies") }
        do throws(LogError) {
          try worker.step(wait: .milliseconds(100))
        } catch {
          if error.recovery == .stop { throw error }
        }
      }
      worker.finish()
    }

    private func checkTallies(_ numbers: ClosedRange<Int>) throws {
      let tallies = Dictionary(grouping: try LogContents(of: log).records(of: TwoStages.tallies), by: \.record.key)
      #expect(tallies.count == Self.keys)
      for (key, records) in tallies {
        let found = try records.map { try JSONForm.value(Tally.self, of: $0.record).number }
        #expect(found == Array(numbers), "tallies of \(String(decoding: key ?? [], as: UTF8.self))")
      }
      #expect(try LogContents(of: log).count(of: "dead-letters") == 0)
    }

    enum Ending: Sendable {
      /// As after every commit.
      case controlRecord
      case aborted
      /// By one that was killed and doesn't come back: until the broker gives its transaction up.
      case open
    }

    @Test(arguments: [Ending.controlRecord, .aborted, .open])
    func `a restore reaches the end of a changelog, whatever it ends in`(ending: Ending) throws {
      try publish(1...3)
      try live(untilTallies: Self.keys * 3)
      let changelog = TallyProcessor().changelog
      let held = try LogContents(of: log).records(of: changelog)
      #expect(Set(held.map(\.record.key)).count == Self.keys)
      if ending != .controlRecord {
        let killed = try OpenTransaction("other", on: trial.home, timeout: .seconds(1))
        for number in 0..<4 {
          let some = try #require(held.first { $0.partition.partition == number })
          try killed.write("not a state", key: some.record.key ?? [], to: changelog, partition: Int32(number))
        }
        if ending == .aborted { try killed.abort() }
      }
      try publish(4...4)
      try live(untilTallies: Self.keys * 4)
      try checkTallies(1...4)
    }

    @Test func `records of a producer that parts keys by CRC32 are brought to their partition, each once`() throws {
      let producer = try #require(RawClient(RD_KAFKA_PRODUCER, ["bootstrap.servers": trial.home.settings.brokers]))
      for number in 1...5 {
        for key in 0..<Self.keys {
          let deed = Deed(number: number).output(key: "key-\(key)").record
          let isTaken = producer.produce(
            to: trial.home.settings.prefix + TwoStages.deeds, key: deed.key ?? [], value: deed.value ?? [])
          #expect(isTaken)
        }
      }
      #expect(producer.flush())
      let astray = try LogContents(of: log).records(of: TwoStages.deeds).filter { !isInPlace($0) }
      #expect(astray.count > Self.keys, "CRC32 and murmur2 part these keys differently")
      try live(untilTallies: Self.keys * 5)
      try checkTallies(1...5)
      let deeds = try LogContents(of: log).records(of: TwoStages.deeds)
      #expect(deeds.count == Self.keys * 5 + astray.count)
      #expect(deeds.count(where: isInPlace) == Self.keys * 5)
    }

    private func isInPlace(_ record: StoredRecord) -> Bool {
      Partitioner.partition(of: record.record.key ?? [], among: 4) == record.partition.partition
    }
  }
}
