import EventLog
import Streams
import Testing
import Time
import TwoStages

struct RecordTests {
  @Test func `a record without a key is handled without state and never parks`() throws {
    let scene = try Scene()
    try scene.publish(nil, "note x;emit one;set alarm 1 0")
    try scene.publish(nil, "reject")
    try scene.publish(nil, "emit two")
    try scene.settle()
    scene.clock.advance(by: .seconds(1))
    try scene.settle()
    #expect(try scene.out() == ["one", "two"])
    #expect(try scene.deadLetters().map(\.parked) == [false])
    #expect(try scene.state().isEmpty)
  }

  @Test func `a record without a key that would have to wait is not lost`() throws {
    let scene = try Scene()
    try scene.publish(nil, "wait;emit one")
    try scene.settle()
    #expect(try scene.deadLetters().map(\.reason) == ["a record without a key can't wait"])
  }

  @Test func `a tombstone is a record like any other`() throws {
    let scene = try Scene()
    try scene.publish("a", nil)
    try scene.publish("a", "emit a1")
    try scene.settle()
    #expect(try scene.out() == ["a1"])
    let entry = try #require(scene.state().values.first)
    #expect(String(decoding: entry, as: UTF8.self).contains("tombstone"))
  }

  @Test func `a record in the wrong partition is forwarded untouched and handled once`() throws {
    let scene = try Scene(partitions: 4)
    let headers = [Header("traceparent", "trace"), Header("odd", nil as [UInt8]?), Header("odd", "twice")]
    var forwarded = 0
    for number in 0..<40 {
      let key = "key-\(number)"
      // As librdkafka's own clients do unless told otherwise.
      let partition = Int(crc32(Array(key.utf8))) % 4
      if partition != Partitioner.partition(of: Array(key.utf8), among: 4) { forwarded += 1 }
      try scene.publish(key, "emit \(number)", headers: headers, partition: partition)
    }
    #expect(forwarded > 10 && forwarded < 40)
    try scene.settle()
    #expect(try scene.out().count == 40)
    let records = try scene.contents.records(of: "in")
    #expect(records.count == 40 + forwarded)
    for record in records
    where record.partition.partition == Partitioner.partition(of: record.record.key ?? [], among: 4) {
      #expect(record.record.headers == headers)
    }
    for number in 0..<40 { #expect(try scene.out("key-\(number)") == ["\(number)"]) }
  }

  @Test func `a record in the right partition is never forwarded`() throws {
    let scene = try Scene(partitions: 4)
    for number in 0..<40 { try scene.publish("key-\(number)", "emit \(number)") }
    for partition in 0..<4 { try scene.publish(nil, "emit none", partition: partition) }
    try scene.settle()
    #expect(try scene.contents.count(of: "in") == 44)
    #expect(try scene.out().count == 44)
  }

  @Test func `a trace goes on in what follows, but not from a timer`() throws {
    let scene = try Scene()
    let trace = [Header("traceparent", "00-1-2-01"), Header("tracestate", "a=b"), Header("private", "stays")]
    try scene.publish("a", "emit a0;set alarm 1 0", headers: trace)
    try scene.publish("b", "emit b0")
    try scene.settle()
    scene.clock.advance(by: .seconds(1))
    try scene.settle()
    let headers = try scene.contents.records(of: "out").map(\.record.headers)
    #expect(headers == [Array(trace.prefix(2)), [], []])
  }

  @Test func `an output too large rejects its record, not the batch`() throws {
    let scene = try Scene(outputSize: 1000)
    try scene.publish("a", "emit-bytes 999")
    try scene.publish("b", "emit b0;emit-bytes 1000;note x")
    try scene.publish("c", "emit c0")
    try scene.settle()
    #expect(try scene.out("a").count == 1)
    #expect(try scene.out("b") == [])
    #expect(try scene.out("c") == ["c0"])
    let letter = try #require(scene.deadLetters().first)
    #expect(letter.parked && letter.reason == "what follows for out has 1001 bytes, more than the 1000 that it takes")
  }

  @Test func `the trace that goes on counts towards an output's size`() throws {
    let scene = try Scene(outputSize: 1000)
    try scene.publish("a", "emit-bytes 990", headers: [Header("traceparent", "00-1-2-01")])
    try scene.publish("b", "emit b0")
    try scene.settle()
    #expect(try scene.out() == ["b0"])
    #expect(try scene.deadLetters().count == 1)
  }

  @Test func `a state too large for the changelog rejects its record, not the batch`() throws {
    let scene = try Scene()
    try scene.publish("a", "grow 1500000")
    try scene.publish("b", "emit b0")
    try scene.settle()
    #expect(try scene.out() == ["b0"])
    #expect(try scene.deadLetters().map(\.parked) == [true])
  }

  /// Reads two topics and keeps nothing; can't handle a record of `more` whose value is `bad`.
  private struct StatelessProcessor: Processor {
    typealias State = Never

    var name: String { "stateless" }
    var inputs: [String] { ["in", "more"] }

    func decode(_ record: StoredRecord) -> Record { record.record }

    func process(_ input: Record, state: inout Never?, at time: Instant) throws(Rejection) -> [Effect] {
      if input.value == Array("bad".utf8) { throw Rejection("bad") }
      return [.emit(to: "out", input)]
    }
  }

  @Test func `a processor without state may read several topics, and parks nothing`() throws {
    let scene = try Scene(partitions: 2)
    _ = try scene.inner.create([TopicSpecification(name: "more", partitions: 2, cleanup: .delete(after: nil))])
    for number in 0..<10 {
      for topic in ["in", "more"] {
        let value = topic == "more" && number == 0 ? "bad" : "\(topic)-\(number)"
        try scene.publish([Output(to: topic, Record(key: Array("a".utf8), value: Array(value.utf8)))])
      }
    }
    try scene.settle(scene.worker(StatelessProcessor()))
    let out = try scene.out("a")
    #expect(out.filter { $0.hasPrefix("in") } == (0..<10).map { "in-\($0)" })
    #expect(out.filter { $0.hasPrefix("more") } == (1..<10).map { "more-\($0)" })
    #expect(try scene.deadLetters().map(\.parked) == [false])
    #expect(try scene.state().isEmpty)
  }

  /// CRC-32 as of zlib.
  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xffff_ffff
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
