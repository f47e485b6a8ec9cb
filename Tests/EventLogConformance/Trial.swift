import EventLog

/// An open log with a few topics, and short words for what most checks do with it.
struct Trial {
  static let limit = BatchLimit(records: 100, bytes: 4 << 20)

  let home: any LogHome
  var log: any EventLog

  /// Creates `in` and `out` with four partitions each, unless told otherwise.
  init(_ home: any LogHome, topics: [TopicSpecification] = [Trial.topic("in"), Trial.topic("out")]) throws {
    self.home = home
    log = try home.open()
    let reports = try log.create(topics)
    try expect(reports.allSatisfy { $0.result == .created }, "the topics of a new log are created: \(reports)")
  }

  static func topic(
    _ name: String, partitions: Int = 4, cleanup: TopicSpecification.Cleanup = .delete(after: nil)
  ) -> TopicSpecification {
    TopicSpecification(name: name, partitions: partitions, cleanup: cleanup)
  }

  static func record(_ key: String?, _ value: String?, headers: [Header] = []) -> Record {
    Record(key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) }, headers: headers)
  }

  static func output(_ topic: String, _ key: String?, _ value: String?, partition: Int? = nil) -> Output {
    Output(to: topic, partition: partition, record(key, value))
  }

  mutating func restart() throws {
    log = try home.open()
  }

  @discardableResult
  func publish(_ outputs: [Output]) throws -> [(partition: TopicPartition, offset: Offset)] {
    let publisher = try log.openPublisher(as: "trial")
    defer { publisher.close() }
    return try publisher.publish(outputs)
  }

  /// `count` records, spread over many keys, with their number as value.
  func publishNumbers(_ numbers: Range<Int>, to topic: String = "in") throws {
    try publish(numbers.map { Self.output(topic, "key-\($0 % 16)", "\($0)") })
  }

  func follower(_ member: String, group: String = "group", of topics: [String] = ["in"]) throws -> Follower {
    Follower(try log.join(Membership(group: group, topics: topics, member: member)), from: topics)
  }

  /// All that a reader gets to see of a topic, from the first record to the end at the time of the call.
  func contents(of topic: String, partitions: Int = 4) throws -> [StoredRecord] {
    let reader = try log.openReader()
    defer { reader.close() }
    var ends: [TopicPartition: Offset] = [:]
    var positions: [TopicPartition: Offset] = [:]
    for number in 0..<partitions {
      let bounds = try reader.bounds(of: TopicPartition(topic, number))
      positions[TopicPartition(topic, number)] = bounds.lowerBound
      ends[TopicPartition(topic, number)] = bounds.upperBound
    }
    var records: [StoredRecord] = []
    var deadline = Deadline()
    while positions.contains(where: { $1 < ends[$0] ?? 0 }) {
      try deadline.check("reading \(topic) to its end: positions \(positions), ends \(ends)")
      let chunk = try reader.read(from: positions, for: .milliseconds(100), limit: Self.limit)
      records += chunk.records
      positions = chunk.positions
      if !chunk.records.isEmpty { deadline = Deadline() }
    }
    return records
  }

  func values(of topic: String) throws -> [String] {
    try contents(of: topic).map { $0.record.text }.sorted()
  }
}

/// Keeps a check that waits for the log from waiting forever.
struct Deadline {
  private let end = ContinuousClock.now + .seconds(90)

  func check(_ what: @autoclosure () -> String) throws {
    try expect(ContinuousClock.now < end, "gave up waiting: \(what())")
  }
}

extension Record {
  var text: String { value.map { String(decoding: $0, as: UTF8.self) } ?? "no value" }
}
