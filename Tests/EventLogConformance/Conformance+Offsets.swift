import EventLog
import Time

extension Conformance {
  static let offsets: [Check] = [
    Check("a reader is told when it asks for an offset outside of a partition") { home in
      let trial = try Trial(home)
      try trial.publish((0..<3).map { Trial.output("in", "a", "\($0)", partition: 1) })
      let reader = try trial.log.openReader()
      let partition = TopicPartition("in", 1)
      let end = try reader.bounds(of: partition).upperBound
      try expect(try reader.read(from: [partition: end], for: .zero, limit: Trial.limit).records, is: [], "at the end")
      do {
        // A control record may still come after what was committed: so not just the next offset.
        _ = try reader.read(from: [partition: end + 100], for: .zero, limit: Trial.limit)
        throw Broken("an offset after the end was read")
      } catch let error as LogError {
        try expect(error.code, is: .offsetOutOfRange, "code")
      }
      reader.close()
    },
    Check("a reader goes on where it stopped") { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<100)
      let reader = try trial.log.openReader()
      var positions = Dictionary(uniqueKeysWithValues: (0..<4).map { (TopicPartition("in", $0), Offset(0)) })
      var numbers: [Int] = []
      let deadline = Deadline()
      while numbers.count < 100 {
        try deadline.check("100 records")
        let chunk = try reader.read(from: positions, for: .seconds(1), limit: BatchLimit(records: 7, bytes: 1 << 20))
        try expect(chunk.records.count <= 7, "the limit is kept: \(chunk.records.count)")
        numbers += chunk.records.compactMap { Int($0.record.text) }
        positions = chunk.positions
      }
      try expect(numbers.sorted(), is: Array(0..<100), "records")
      reader.close()
    },
    Check("a member whose committed offset lies after the end begins at the first record") { home in
      let trial = try Trial(home)
      try trial.publish((0..<3).map { Trial.output("in", "a", "\($0)", partition: 1) })
      let before = try trial.follower("one")
      try before.pollUntilReading(3)
      var outcome = before.outcome()
      outcome.positions = [TopicPartition("in", 1): 1000]
      try before.commit(outcome)
      before.member.leave()
      let after = try trial.follower("one")
      try after.pollUntilReading(3)
      try expect(after.records.map(\.offset), is: [0, 1, 2], "offsets")
    },
    Check("what retention took is skipped by members and told to readers", needsClock: true, needsMaintenance: true) {
      home in
      let trial = try Trial(
        home, topics: [Trial.topic("in", cleanup: .delete(after: .seconds(3600))), Trial.topic("out")])
      try trial.publish((0..<5).map { Trial.output("in", "a", "\($0)", partition: 1) })
      let member = try trial.follower("one")
      try member.poll(until: "all records") { member.records.count == 5 }
      var outcome = member.outcome()
      outcome.positions = [TopicPartition("in", 1): 2]
      try member.commit(outcome)
      member.member.leave()
      home.clock?.advance(by: .seconds(3601))
      try trial.publish([Trial.output("in", "a", "5", partition: 1)])
      try expect(try home.maintain(trial.log), "the home can be told to clean up")
      let reader = try trial.log.openReader()
      try expect(try reader.bounds(of: TopicPartition("in", 1)), is: 5..<6, "bounds")
      do {
        _ = try reader.read(from: [TopicPartition("in", 1): 2], for: .zero, limit: Trial.limit)
        throw Broken("an offset before the first record was read")
      } catch let error as LogError {
        try expect(error.code, is: .offsetOutOfRange, "code")
      }
      reader.close()
      let after = try trial.follower("one")
      try after.pollUntilReading(1)
      try expect(after.gainedAt[TopicPartition("in", 1)], is: 5, "where the member goes on")
      try expect(after.records.map(\.offset), is: [5], "offsets")
    },
  ]
}
