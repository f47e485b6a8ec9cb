import EventLog
import Time

extension Conformance {
  static let groups: [Check] = [
    Check("members of a group share the partitions, and two groups read the same") { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<32)
      let one = try trial.follower("one")
      let two = try trial.follower("two")
      let other = try trial.follower("one", group: "other")
      try one.poll(together: [two, other], until: "all records") {
        one.held.count == 2 && two.held.count == 2 && one.records.count + two.records.count == 32
          && other.records.count == 32
      }
      try expect(one.held.isDisjoint(with: two.held), "no partition has two members")
    },
    Check("members share the partitions of all topics they read, and keep topics together where the log can") { home in
      let trial = try Trial(home)
      let topics = ["in", "out"]
      let one = try trial.follower("one", of: topics)
      let two = try trial.follower("two", of: topics)
      try one.poll(together: [two], until: "four partitions each") { one.held.count == 4 && two.held.count == 4 }
      try expect(one.held.isDisjoint(with: two.held), "no partition has two members")
      for member in [one, two] where home.keepsTopicsTogether {
        let numbers = Dictionary(grouping: member.held, by: \.topic).mapValues { Set($0.map(\.partition)) }
        try expect(numbers["in"], is: numbers["out"], "partitions of both topics")
      }
    },
    Check("a member that leaves gives its partitions to the others at once") { home in
      let trial = try Trial(home)
      let one = try trial.follower("one")
      let two = try trial.follower("two")
      try one.poll(together: [two], until: "two members") { one.held.count == 2 && two.held.count == 2 }
      two.member.leave()
      try one.pollUntilHolding(4)
      try trial.publishNumbers(0..<20)
      try one.pollUntilReading(20)
    },
    Check("paused partitions stay, and nothing comes from them until they are resumed") { home in
      let trial = try Trial(home)
      try trial.publish((0..<4).map { (number: Int) in Trial.output("in", "a", "\(number)", partition: number) })
      let follower = try trial.follower("one")
      let paused: Set = [TopicPartition("in", 1), TopicPartition("in", 3)]
      let deadline = Deadline()
      while follower.records.count < 2 {
        try deadline.check("two records")
        try follower.poll(paused: paused)
      }
      try follower.poll(paused: paused)
      try expect(follower.records.map(\.partition.partition).sorted(), is: [0, 2], "partitions")
      try follower.pollUntilReading(4)
    },
    Check("a long partition doesn't starve the others") { home in
      let trial = try Trial(home)
      try trial.publish((0..<100).map { Trial.output("in", "a", "\($0)", partition: 0) })
      try trial.publish([Trial.output("in", "b", "short", partition: 3)])
      let follower = try trial.follower("one")
      let deadline = Deadline()
      while follower.records.count < 60, !follower.records.contains(where: { $0.partition.partition == 3 }) {
        try deadline.check("60 records")
        try follower.poll(limit: BatchLimit(records: 10, bytes: 1 << 20))
      }
      try expect(follower.records.contains { $0.partition.partition == 3 }, "the short one comes in between")
    },
    Check("of two members with one id the older one is fenced, and leaves nothing") { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<10)
      let older = try trial.follower("same")
      try older.pollUntilReading(10)
      let outcome = older.outcome()
      let newer = try trial.follower("same")
      try newer.pollUntilReading(10)
      do {
        try expect(try older.commit(outcome), is: .undone, "commit of the older one")
      } catch let error as LogError {
        try expect(error.code, is: .fenced, "code at commit")
      }
      try expect(try trial.values(of: "out"), is: [], "outputs")
      do {
        try older.poll()
        throw Broken("the older member may still poll")
      } catch let error as LogError {
        try expect(error.code, is: .fenced, "code at poll")
        try expect(error.recovery, is: .stop, "recovery")
        try expect(error.reason.contains("same"), "the reason names the id: \(error.reason)")
      }
      try newer.copy()
      try expect(try trial.values(of: "out").count, is: 10, "outputs of the newer one")
    },
    Check("of two publishers with one name the older one is fenced") { home in
      let trial = try Trial(home)
      let older = try trial.log.openPublisher(as: "same")
      _ = try older.publish([Trial.output("in", "a", "1")])
      let newer = try trial.log.openPublisher(as: "same")
      _ = try newer.publish([Trial.output("in", "a", "2")])
      do {
        _ = try older.publish([Trial.output("in", "a", "3")])
        throw Broken("the older publisher may still publish")
      } catch let error as LogError {
        try expect(error.code, is: .fenced, "code")
      }
      try expect(try trial.values(of: "in"), is: ["1", "2"], "records")
    },
    Check("a member that was silent for too long is undone, and joins again by itself", needsClock: true) { home in
      let trial = try Trial(home)
      try trial.publishNumbers(0..<40)
      let silent = try trial.follower("silent")
      try silent.pollUntilReading(40)
      let before = silent.held
      let outcome = silent.outcome()
      home.clock?.advance(by: .seconds(11))
      let other = try trial.follower("other")
      try other.pollUntilReading(40)
      try expect(other.held.count, is: 4, "partitions of the other member")
      try expect(try silent.commit(outcome), is: .undone, "commit of the silent one")
      try expect(try trial.values(of: "out"), is: [], "outputs")
      let back = try silent.poll()
      try expect(back.lost, is: before, "lost partitions")
      try silent.poll(together: [other], until: "all records") {
        silent.held.count == 2 && other.held.count == 2 && silent.records.count + other.records.count == 40
      }
      try silent.copy()
      try other.copy()
      try expect(try trial.values(of: "out"), is: (0..<40).map(String.init).sorted(), "outputs")
    },
    Check("a member notices that another has fallen silent", needsClock: true) { home in
      let trial = try Trial(home)
      let one = try trial.follower("one")
      let two = try trial.follower("two")
      try one.poll(together: [two], until: "two members") { one.held.count == 2 && two.held.count == 2 }
      for _ in 0..<3 {
        home.clock?.advance(by: .seconds(4))
        try one.poll()
      }
      try one.pollUntilHolding(4)
    },
    Check("a partition that went away and came back is both lost and gained", needsClock: true) { home in
      let trial = try Trial(home)
      let one = try trial.follower("one")
      try one.pollUntilHolding(4)
      home.clock?.advance(by: .seconds(11))
      let other = try trial.follower("other")
      try other.pollUntilHolding(4)
      other.member.leave()
      let polled = try one.poll()
      try expect(polled.lost.count, is: 4, "lost partitions")
      try expect(Set(polled.gained.keys), is: polled.lost, "gained partitions")
    },
    Check("a topic that isn't there is waited for") { home in
      let trial = try Trial(home)
      do {
        _ = try trial.follower("one", of: ["later"])
        throw Broken("a topic that isn't there could be joined")
      } catch let error as LogError {
        try expect(error.code, is: .unknownTopic, "code")
        try expect(error.recovery, is: .retry, "recovery")
        try expect(error.reason.contains("later"), "the reason names the topic: \(error.reason)")
      }
      let reader = try trial.log.openReader()
      do {
        _ = try reader.bounds(of: TopicPartition("later", 0))
        throw Broken("a topic that isn't there has bounds")
      } catch let error as LogError {
        try expect(error.code, is: .unknownTopic, "code of the reader")
      }
      _ = try trial.log.create([Trial.topic("later")])
      try expect(try reader.bounds(of: TopicPartition("later", 0)), is: 0..<0, "bounds")
      reader.close()
      try trial.follower("one", of: ["later"]).pollUntilHolding(4)
    },
    Check("one member becomes three and one again under load, and nothing is lost, repeated or out of order") { home in
      try CopyingUnderLoad(home).run()
    },
    Check("a member that waits is woken by a commit in the same process") { home in
      let trial = try Trial(home)
      let follower = try trial.follower("one")
      try follower.pollUntilHolding(4)
      let publishing = Background { try Trial.publishSoon(in: trial.log) }
      let begin = ContinuousClock.now
      let polled = try follower.poll(for: .seconds(60))
      try expect(ContinuousClock.now - begin < .seconds(59), "it doesn't wait to the end")
      try publishing.join()
      try expect(polled.records.map(\.record.text), is: ["awake"], "records")
    },
  ]
}

extension Trial {
  fileprivate static func publishSoon(in log: any EventLog) throws {
    let publisher = try log.openPublisher(as: "waker")
    _ = try publisher.publish([output("in", "a", "awake")])
    publisher.close()
  }
}
