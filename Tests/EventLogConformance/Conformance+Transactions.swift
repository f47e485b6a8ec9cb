import EventLog
import Time

extension Conformance {
  static let transactions: [Check] = [
    Check("outputs and offsets are committed together") { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<50)
      let follower = try trial.follower("one")
      try follower.pollUntilReading(50)
      let outcome = follower.outcome()
      guard case .committed(let ends) = try follower.commit(outcome) else { throw Broken("the commit was undone") }
      let records = try trial.contents(of: "out")
      try expect(records.count, is: 50, "outputs")
      try expect(Set(ends.keys), is: Set(records.map(\.partition)), "partitions with an end")
      for record in records {
        try expect(record.offset < ends[record.partition] ?? 0, "ends lie after the outputs: \(ends)")
      }
      let reader = try trial.log.openReader()
      let committed = try reader.committedOffsets(of: "group")
      for (partition, offset) in outcome.positions { try expect(committed[partition], is: offset, "\(partition)") }
      try expect(try reader.committedOffsets(of: "nobody"), is: [:], "offsets of a group that isn't there")
      reader.close()
    },
    Check("a commit that is undone leaves nothing, and the next poll begins at the committed offsets") { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<40)
      let one = try trial.follower("one")
      try one.pollUntilReading(40)
      let outcome = one.outcome()
      let two = try trial.follower("two")
      try one.poll(together: [two], until: "two members with two partitions each") {
        one.held.count == 2 && two.held.count == 2
      }
      try expect(try one.commit(outcome), is: .undone, "a commit with partitions that went elsewhere")
      try expect(try trial.values(of: "out"), is: [], "outputs")
      let reader = try trial.log.openReader()
      try expect(try reader.committedOffsets(of: "group"), is: [:], "offsets")
      reader.close()
      try one.poll(together: [two], until: "all records") { one.records.count + two.records.count >= 40 }
      try one.copy()
      try two.copy()
      try expect(try trial.values(of: "out"), is: (0..<40).map(String.init).sorted(), "outputs")
    },
    Check("what was polled before an undone commit can't be committed after it") { home in
      let trial = try Trial(home)
      try trial.publish(
        (0..<8).flatMap { number in (0..<4).map { Trial.output("in", "a", "\(number)", partition: $0) } })
      let one = try trial.follower("one")
      try one.poll(until: "16 records") { one.records.count >= 16 }
      let first = one.outcome()
      try one.poll(until: "32 records") { one.records.count >= 32 }
      let two = try trial.follower("two")
      try one.poll(together: [two], until: "two members") { one.held.count == 2 && two.held.count == 2 }
      try expect(try one.commit(first), is: .undone, "the first commit")
      // Only partitions that stayed, but beyond what was undone.
      var second = Outcome(outputs: [], positions: [:], metadata: one.last.metadata)
      for partition in one.held { second.positions[partition] = 8 }
      try expect(try one.commit(second), is: .undone, "the second commit, without a poll in between")
    },
    Check("a record that is too large among good ones undoes the whole commit") { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<10)
      let follower = try trial.follower("one")
      try follower.pollUntilReading(10)
      var outcome = follower.outcome()
      let tooLarge = Record(key: [1], value: [UInt8](repeating: 7, count: 1_100_000))
      outcome.outputs.insert(Output(to: "out", tooLarge), at: 5)
      do {
        try follower.commit(outcome)
        throw Broken("a record over the limit was taken")
      } catch let error as LogError {
        try expect(error.code, is: .recordTooLarge, "code")
      }
      try expect(try trial.values(of: "out"), is: [], "outputs")
      try follower.poll(until: "the records again") {
        Set(follower.records).count >= 10 && follower.records.count >= 20
      }
    },
    Check("a restore reaches the end even if the last attempt was undone") { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<20)
      let one = try trial.follower("one")
      try one.pollUntilReading(20)
      try one.copy()
      try trial.publishNumbers(20..<40)
      try one.pollUntilReading(20)
      let outcome = one.outcome()
      let two = try trial.follower("two")
      try one.poll(together: [two], until: "two members") { one.held.count == 2 && two.held.count == 2 }
      try expect(try one.commit(outcome), is: .undone, "commit")
      // Reading to the end at all is what is tried here.
      try expect(try trial.values(of: "out"), is: (0..<20).map(String.init).sorted(), "outputs")
    },
    Check("a restarted log goes on at the committed offsets") { home in
      var trial = try Trial(home)
      try trial.publishNumbers(0..<30)
      let before = try trial.follower("one")
      try before.pollUntilReading(30)
      try before.copy()
      try trial.publishNumbers(30..<45)
      try before.pollUntilReading(15)
      before.member.leave()
      try trial.restart()
      let after = try trial.follower("one")
      try after.pollUntilReading(15)
      try after.copy()
      try expect(try trial.values(of: "out"), is: (0..<45).map(String.init).sorted(), "outputs")
      try after.poll()
      try expect(after.records, is: [], "records after the last")
    },
    Check("a commit may hold offsets only, or outputs only") { home in
      let trial = try Trial(home)
      try trial.publish([Trial.output("in", "a", "1")])
      let follower = try trial.follower("one")
      try follower.pollUntilReading(1)
      var outcome = follower.outcome()
      outcome.outputs = []
      try expect(try follower.commit(outcome), is: .committed(ends: [:]), "commit without outputs")
      let output = Trial.output("out", "a", "2")
      let commit = try follower.commit(Outcome(outputs: [output], positions: [:], metadata: follower.last.metadata))
      guard case .committed(let ends) = commit, ends.count == 1 else { throw Broken("commit is \(commit)") }
      try expect(try trial.values(of: "out"), is: ["2"], "outputs")
    },
  ]
}
