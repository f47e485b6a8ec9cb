import EventLog
import KafkaLog
import Synchronization
import Testing

extension RealBroker {
  @Suite struct BrokerTransactionTests {
    private let trial: BrokerTrial

    init() throws {
      trial = try BrokerTrial()
    }

    /// Waits, once, until the broker has ended what stands open in a partition.
    private final class Pause: Sendable {
      private let hasPaused = Mutex(false)
      private let until: @Sendable () -> Void

      init(_ until: @escaping @Sendable () -> Void) {
        self.until = until
      }

      func reached() {
        let isFirst = hasPaused.withLock { paused in
          defer { paused = true }
          return !paused
        }
        if isFirst { until() }
      }
    }

    @Test(arguments: [KafkaSettings.CommitStage.written, .stored])
    func `a transaction that the broker gives up leaves nothing, and is done again`(
      stage: KafkaSettings.CommitStage
    ) throws {
      let plain = try trial.open()
      try trial.createTopics(in: plain)
      _ = try plain.publish((0..<10).map { .test("in", "a", "\($0)", partition: 0) })
      let (out, last) = (TopicPartition("out", Partitioner.partition(of: Array("a".utf8), among: 4)), Offset(10))
      let pause = Pause {
        guard let reader = try? plain.openReader() else { return }
        // Ten records, and the one that says that they were aborted.
        while let end = try? reader.bounds(of: out).upperBound, end <= last {}
        reader.close()
      }
      let log = try trial.open {
        $0.transactionTimeout = .seconds(1)
        $0.atCommitStage = { if $0 == stage { pause.reached() } }
      }
      let slow = try log.member("one")
      let seen = try slow.poll(until: "all records") { $0.records.count == 10 }
      let error = #expect(throws: LogError.self) { try slow.commit(seen.outcome) }
      #expect(error?.code == .fenced && error?.recovery == .restart, "\(error?.reason ?? "")")
      #expect(error?.reason.contains("gave it up") == true)
      #expect(throws: LogError.self, "it is of no more use") { try slow.poll(for: .zero, limit: .test, paused: []) }
      slow.leave()
      #expect(try trial.contents(of: "out", in: plain).isEmpty)

      let again = try log.member("one")
      let reread = try again.poll(until: "all records again") { $0.records.count == 10 }
      #expect(try again.commit(reread.outcome) != .undone)
      #expect(try trial.contents(of: "out", in: plain).map(\.record) == reread.records.map(\.record))
      again.leave()
    }
  }
}
