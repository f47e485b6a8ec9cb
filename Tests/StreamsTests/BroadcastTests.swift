import EventLog
import SeededRandom
import Streams
import Testing
import Time
import TwoStages

/// What is read whole by everyone who needs it, and followed.
struct BroadcastTests {
  private let scene: Scene
  private static let envelope = CloudEvent(id: "news", source: "test", type: "test.news")

  init() throws {
    scene = try Scene()
    _ = try scene.inner.create([Listener.news])
  }

  private static func news(_ words: [String: String]) -> Broadcast {
    let pairs = words.map { (Array($0.utf8), Array($1.utf8)) } + [(Broadcast.wholeKey, [])]
    return Broadcast("news", Dictionary(uniqueKeysWithValues: pairs))
  }

  private func reading() throws -> BroadcastReading {
    var reading = try BroadcastReading("news", of: scene.inner, scene.inner.openReader())
    _ = try reading.catchUp()
    return reading
  }

  private func outputs(_ words: [String: String]) throws -> [Output] {
    Self.news(words).outputs(from: try reading().table.entries, as: Self.envelope)
  }

  /// Lets the worker look again, and pass on one record.
  private func pass(_ text: String, _ worker: Worker<Listener>) throws -> String? {
    scene.clock.advance(by: .milliseconds(250))
    try scene.publish("a", text)
    try scene.settle(worker)
    return try scene.out().last
  }

  @Test func `it is heard before the first record`() throws {
    try scene.publish("a", "first")
    try scene.publish(outputs(["word": "heard"]))
    try scene.settle(scene.worker(Listener()))
    #expect(try scene.out() == ["first by heard"])
  }

  @Test func `until there is one, what the processor was given counts`() throws {
    #expect(try pass("first", scene.worker(Listener())) == "first by given")
  }

  @Test func `a change is heard within a quarter of a second, between batches`() throws {
    let worker = scene.worker(Listener())
    #expect(try pass("first", worker) == "first by given")
    try scene.publish(outputs(["word": "new"]))
    scene.clock.advance(by: .milliseconds(249))
    try scene.publish("a", "at once")
    try scene.settle(worker)
    #expect(try scene.out().last == "at once by given")
    #expect(try pass("later", worker) == "later by new")
    try scene.publish(outputs(["word": "newer", "other": "x"]))
    #expect(try pass("last", worker) == "last by newer")
  }

  @Test func `half a change is none`() throws {
    try scene.publish(outputs(["word": "old", "other": "x", "third": "y"]))
    let worker = scene.worker(Listener())
    #expect(try pass("before", worker) == "before by old")
    let change = try outputs(["word": "new", "fourth": "z"])
    #expect(change.count == 5)
    for (number, output) in change.enumerated() {
      try scene.publish([output])
      let isWhole = number == change.count - 1
      #expect(try pass("\(number)", worker) == "\(number) by \(isWhole ? "new" : "old")")
      // Nor does one hear it who comes in the middle: there is nothing whole to go by.
      var late = try BroadcastReading("news", of: scene.inner, scene.inner.openReader())
      #expect(try (late.catchUp() != nil) == isWhole)
    }
  }

  @Test func `entries that nobody has called whole are not gone by`() throws {
    try scene.publish([Output(to: "news", Record(key: Array("word".utf8), value: Array("loose".utf8)))])
    #expect(try pass("first", scene.worker(Listener())) == "first by given")
  }

  @Test func `what the processor can't go by leaves the one before in force, and the next one counts again`() throws {
    try scene.publish(outputs(["word": "good"]))
    let worker = scene.worker(Listener())
    #expect(try pass("1", worker) == "1 by good")
    try scene.publish(outputs(["word": "?bad"]))
    #expect(try pass("2", worker) == "2 by good")
    #expect(try pass("3", worker) == "3 by good")
    try scene.publish(outputs(["word": "better"]))
    #expect(try pass("4", worker) == "4 by better")
    #expect(try scene.deadLetters().isEmpty)
  }

  @Test func `without its topic a worker says what it waits for`() throws {
    let scene = try Scene()
    let error = #expect(throws: LogError.self) { try scene.settle(scene.worker(Listener())) }
    #expect(error?.reason == "topic news doesn't exist yet on \(scene.inner.address)")
    #expect(error?.recovery == .retry)
  }

  @Test func `trouble with the topic holds no record up, and what was heard stays in force`() throws {
    try scene.publish(outputs(["word": "old"]))
    // Nothing is restored any more: all reading is of the news.
    let worker = scene.worker(Listener())
    #expect(try pass("1", worker) == "1 by old")
    try scene.publish(outputs(["word": "new"]))
    scene.log.plan { call, _ in
      call == .read ? .error(LogError(.busy, "injected", recovery: .retry)) : nil
    }
    #expect(try pass("2", worker) == "2 by old")
    #expect(scene.log.calls.contains(.read))
    scene.log.plan { _, _ in nil }
    #expect(try pass("3", worker)?.hasPrefix("3 by") == true)
    #expect(try pass("4", worker) == "4 by new")
  }

  @Test func `rules that were adopted hold with what is heard later, also after a restart`() throws {
    let worker = scene.worker(Listener())
    #expect(try pass("1", worker) == "1 by given")
    try scene.publish(rules: "ruled")
    #expect(try pass("2", worker) != nil)
    try scene.publish(outputs(["word": "heard"]))
    #expect(try pass("3", worker) == "3 by heard ruled")
    worker.finish()
    #expect(try pass("4", scene.worker(Listener(), "two")) == "4 by heard ruled")
    #expect(try scene.out().count { $0.hasPrefix("revised") } == 1)
  }

  @Test func `only what differs is written, what is gone is forgotten, and last comes that it is whole`() throws {
    try scene.publish(outputs(["a": "1", "b": "2", "c": "3"]))
    let change = try outputs(["a": "1", "b": "20", "d": "4"])
    #expect(change.map { String(decoding: $0.record.key ?? [], as: UTF8.self) } == ["b", "c", "d", "whole"])
    #expect(change.map { $0.record.value == nil } == [false, true, false, false])
    #expect(change.first?.record.header("ce_id") == Array("news/b".utf8))
    try scene.publish(change)
    let reading = try reading()
    #expect(reading.table.isWhole)
    #expect(reading.table.entries == Self.news(["a": "1", "b": "20", "d": "4"]).entries)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `the digest is the same for the same contents, whatever came before, and another for others`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = BroadcastTable()
    var model: [[UInt8]: [UInt8]] = [:]
    var seen: [String: [[UInt8]: [UInt8]]] = [:]
    for _ in 0..<3000 {
      let key = Array("key-\(random.next() % 12)".utf8)
      let value = random.next() % 3 == 0 ? nil : Array("\(random.next() % 4)".utf8)
      table.take(Record(key: key, value: value))
      model[key] = value
      #expect(table.entries == model)
      #expect(table.digest == Broadcast("news", model).digest)
      #expect(seen[table.digest].map { $0 == model } ?? true)
      seen[table.digest] = model
    }
  }
}
