import EventLog
import KafkaLog
import Testing

/// Records over the wire, both ways.
@Suite struct MockRecordsTests {
  private let mock: MockCluster
  private let log: KafkaLog

  init() throws {
    mock = try MockCluster()
    mock.create("in", "out")
    log = try mock.log()
  }

  private func contents(of topic: String) throws -> [StoredRecord] {
    let reader = try log.openReader()
    defer { reader.close() }
    var positions: [TopicPartition: Offset] = [:]
    var ends: [TopicPartition: Offset] = [:]
    for number in 0..<4 {
      let partition = TopicPartition(topic, number)
      let bounds = try reader.bounds(of: partition)
      (positions[partition], ends[partition]) = (bounds.lowerBound, bounds.upperBound)
    }
    var records: [StoredRecord] = []
    let end = ContinuousClock.now + .seconds(30)
    while positions.contains(where: { $1 < ends[$0] ?? 0 }) {
      if ContinuousClock.now > end { throw GaveUp(waitingFor: "the end of \(topic)") }
      let chunk = try reader.read(from: positions, for: .milliseconds(100), limit: .test)
      positions = chunk.positions
      records += chunk.records
    }
    return records
  }

  @Test func `records of a partition keep their order, and each is where publishing said`() throws {
    let places = try log.publish((0..<200).map { .test("in", "key-\($0 % 10)", "\($0)") })
    let records = try contents(of: "in")
    #expect(records.count == 200)
    for (partition, records) in Dictionary(grouping: records, by: \.partition) {
      let values = records.map { String(decoding: $0.record.value ?? [], as: UTF8.self) }
      let published = places.enumerated().filter { $0.element.partition == partition }
      #expect(values == published.map { "\($0.offset)" })
      #expect(records.map(\.offset) == published.map(\.element.offset))
    }
  }

  @Test func `a key lands where Kafka's Java clients put it`() throws {
    let keys = ["21", "foobar", "a-little-bit-long-string", "abc"]
    let hashes: [Int32] = [-973_932_308, -790_332_482, -985_981_536, 479_470_107]
    let places = try log.publish(keys.map { .test("in", $0, "") })
    #expect(places.map(\.partition.partition) == hashes.map { Int($0 & 0x7fff_ffff) % 4 })
  }

  @Test func `nothing and empty are told apart in keys, values and headers`() throws {
    let headers = [
      Header("a", "1"), Header("none", [UInt8]?.none), Header("empty", []), Header("a", "2"), Header("", "回音"),
    ]
    let written = [
      Record(key: nil, value: [1]), Record(key: [], value: []), Record(key: [0, 255], value: nil),
      Record(key: [1], value: [2], headers: headers), Record(key: nil, value: nil),
    ]
    _ = try log.publish(written.map { Output(to: "in", partition: 2, $0) })
    #expect(try contents(of: "in").map(\.record) == written)
  }

  @Test func `records without a key are spread`() throws {
    let places = try log.publish((0..<8).map { .test("in", nil, "\($0)") })
    #expect(Set(places.map(\.partition.partition)) == [0, 1, 2, 3])
  }

  @Test func `an empty topic has no records, and its end is its beginning`() throws {
    let reader = try log.openReader()
    let partition = TopicPartition("out", 0)
    #expect(try reader.bounds(of: partition) == 0..<0)
    let chunk = try reader.read(from: [partition: 0], for: .milliseconds(100), limit: .test)
    #expect(chunk.records.isEmpty && chunk.positions == [partition: 0])
  }

  @Test func `a reader is told when it asks for an offset outside of a partition`() throws {
    _ = try log.publish((0..<3).map { .test("in", "a", "\($0)", partition: 1) })
    let reader = try log.openReader()
    let error = #expect(throws: LogError.self) {
      try reader.read(from: [TopicPartition("in", 1): 4], for: .zero, limit: .test)
    }
    #expect(error?.code == .offsetOutOfRange && error?.recovery == .stop)
    #expect(error?.reason.contains("in/1") == true)
  }

  @Test func `a record that is too large is refused before anything is written`() throws {
    let tooLarge = Record(key: [1], value: [UInt8](repeating: 7, count: 1_100_000))
    let error = #expect(throws: LogError.self) {
      try log.publish([.test("in", "a", "good"), Output(to: "in", tooLarge)])
    }
    #expect(error?.code == .recordTooLarge && error?.recovery == .stop)
    #expect(try contents(of: "in").isEmpty)
  }

  @Test func `an output to a partition that isn't there is refused`() throws {
    let error = #expect(throws: LogError.self) { try log.publish([.test("in", "a", "1", partition: 4)]) }
    #expect(error?.code == .unknownTopic && error?.recovery == .stop)
  }

  @Test func `a reader goes back when it is asked to`() throws {
    _ = try log.publish((0..<10).map { .test("in", "a", "\($0)", partition: 0) })
    let reader = try log.openReader()
    let partition = TopicPartition("in", 0)
    let first = try reader.read(from: [partition: 0], for: .seconds(10), limit: BatchLimit(records: 4, bytes: 1 << 20))
    let again = try reader.read(from: [partition: 2], for: .seconds(10), limit: BatchLimit(records: 4, bytes: 1 << 20))
    #expect(first.records.map(\.offset) == [0, 1, 2, 3])
    #expect(again.records.map(\.offset) == [2, 3, 4, 5])
  }
}
