import EventLog
import Time

extension Conformance {
  static let records: [Check] = [
    Check("a partition keeps the order of its records") { home in
      let trial = try Trial(home)
      for start in stride(from: 0, to: 300, by: 30) { try trial.publishNumbers(start..<start + 30) }
      let records = try trial.contents(of: "in")
      try expect(records.count, is: 300, "records")
      for (partition, records) in Dictionary(grouping: records, by: \.partition) {
        let numbers = records.compactMap { Int($0.record.text) }
        try expect(numbers, is: numbers.sorted(), "order in \(partition)")
        let offsets = records.map(\.offset)
        try expect(offsets, is: Set(offsets).sorted(), "offsets in \(partition)")
      }
    },
    Check("a key's partition is that of Kafka's Java clients") { home in
      let trial = try Trial(home)
      let keys = ["21", "foobar", "a-little-bit-long-string", "abc"]
      let hashes: [Int32] = [-973_932_308, -790_332_482, -985_981_536, 479_470_107]
      let places = try trial.publish(keys.map { Trial.output("in", $0, "") })
      for (place, hash) in zip(places, hashes) {
        try expect(place.partition.partition, is: Int(hash & 0x7fff_ffff) % 4, "partition")
      }
      let again = try trial.publish(keys.map { Trial.output("in", $0, "") })
      try expect(again.map(\.partition), is: places.map(\.partition), "partitions of the same keys")
    },
    Check("an output may name its partition") { home in
      let trial = try Trial(home)
      let places = try trial.publish(
        (0..<4).map { (number: Int) in Trial.output("in", "abc", "\(number)", partition: number) })
      try expect(places.map(\.partition.partition), is: [0, 1, 2, 3], "partitions")
      try expect(try trial.contents(of: "in").count, is: 4, "records")
    },
    Check("publishing tells each record's place") { home in
      let trial = try Trial(home)
      let places = try trial.publish((0..<8).map { Trial.output("in", "key-\($0 % 3)", "\($0)") })
      let records = try trial.contents(of: "in")
      for (number, place) in places.enumerated() {
        let record = records.first { $0.partition == place.partition && $0.offset == place.offset }
        try expect(record?.record.text, is: "\(number)", "record at \(place)")
      }
    },
    Check("nothing and empty are told apart in keys, values and headers") { home in
      let trial = try Trial(home)
      let headers = [
        Header("a", "1"), Header("none", [UInt8]?.none), Header("empty", []), Header("a", "2"), Header("", "回音"),
      ]
      let written = [
        Record(key: nil, value: [1]), Record(key: [], value: []), Record(key: [0, 255], value: nil),
        Record(key: [1], value: [2], headers: headers), Record(key: nil, value: nil),
      ]
      try trial.publish(written.map { Output(to: "in", partition: 2, $0) })
      try expect(try trial.contents(of: "in").map(\.record), is: written, "records")
      let follower = try trial.follower("reader")
      try follower.pollUntilReading(written.count)
      try expect(follower.records.map(\.record), is: written, "records of a member")
    },
    Check("records without a key find a partition") { home in
      let trial = try Trial(home)
      let places = try trial.publish((0..<40).map { Trial.output("in", nil, "\($0)") })
      try expect(places.count, is: 40, "places")
      try expect(try trial.contents(of: "in").count, is: 40, "records")
    },
    Check("the log stamps records, and time never runs backwards in a partition") { home in
      let trial = try Trial(home)
      let before = home.clock?.now
      try trial.publish([Trial.output("in", "a", "1")])
      home.clock?.advance(by: .seconds(5))
      try trial.publish([Trial.output("in", "a", "2")])
      home.clock?.advance(by: .seconds(-60))
      try trial.publish([Trial.output("in", "a", "3")])
      let times = try trial.contents(of: "in").map(\.timestamp)
      try expect(times, is: times.sorted(), "timestamps")
      if let before {
        try expect(times, is: [before, before + .seconds(5), before + .seconds(5)], "timestamps by the clock")
      } else {
        try expect((times.first ?? .distantPast).milliseconds > 1_600_000_000_000, "timestamps of today: \(times)")
      }
    },
    Check("a record of a megabyte passes, and one that is too large takes nothing with it") { home in
      let trial = try Trial(home)
      let large = Record(key: [1], value: [UInt8](repeating: 7, count: 1_000_000))
      try trial.publish([Output(to: "in", large)])
      let tooLarge = Record(key: [1], value: [UInt8](repeating: 7, count: 1_100_000))
      do {
        try trial.publish([
          Trial.output("in", "a", "good"), Output(to: "in", tooLarge), Trial.output("in", "b", "good"),
        ])
        throw Broken("a record over the limit was taken")
      } catch let error as LogError {
        try expect(error.code, is: .recordTooLarge, "code")
        try expect(error.recovery, is: .stop, "recovery")
        try expect(error.reason.contains("in"), "the reason names the topic: \(error.reason)")
      }
      try expect(try trial.contents(of: "in").map(\.record), is: [large], "records")
    },
    Check("one record is handed out even if it is over the limit in bytes, and the next one waits") { home in
      let trial = try Trial(home)
      let large = [UInt8](repeating: 7, count: 1000)
      try trial.publish((0..<3).map { _ in Output(to: "in", partition: 0, Record(key: [1], value: large)) })
      let reader = try trial.log.openReader()
      var positions = [TopicPartition("in", 0): Offset(0)]
      for number in 1...3 {
        let chunk = try reader.read(from: positions, for: .seconds(10), limit: BatchLimit(records: 10, bytes: 10))
        try expect(chunk.records.count, is: 1, "records of chunk \(number)")
        positions = chunk.positions
      }
      reader.close()
    },
    Check("an empty topic is read to its end at once") { home in
      let trial = try Trial(home)
      try expect(try trial.contents(of: "in"), is: [], "records")
      let follower = try trial.follower("reader")
      try follower.pollUntilHolding(4)
      try expect(follower.last.records, is: [], "records of a member")
      try expect(Set(follower.last.ends.values), is: [0], "ends")
    },
    Check("topics are created once, and one that differs is told and left alone") { home in
      let trial = try Trial(home)
      let wanted = [
        Trial.topic("in"), Trial.topic("out", partitions: 5),
        Trial.topic("new", cleanup: .compact(tombstones: .seconds(9))),
      ]
      let reports = try trial.log.create(wanted)
      try expect(reports.map(\.name), is: ["in", "out", "new"], "reports")
      try expect(reports[0].result, is: .asWanted, "a topic that is there")
      guard case .differs(let differences) = reports[1].result, differences.count == 1 else {
        throw Broken("a topic with another partition count is \(reports[1].result)")
      }
      try expect(reports[2].result, is: .created, "a topic that is missing")
      try expect(try trial.log.topics(), is: [wanted[0], wanted[2], Trial.topic("out")], "topics by name")
    },
    Check("the log keeps its identity when it is opened again") { home in
      var trial = try Trial(home)
      let identity = try trial.log.identity()
      try expect(!identity.isEmpty, "a log has an identity")
      try trial.restart()
      try expect(try trial.log.identity(), is: identity, "identity")
    },
  ]
}
