import EventLog
import Foundation
import KafkaLog

/// The reference worker as a process on a broker: what it takes to work off a backlog, to start, to start again with
/// much state, and to pass on single records.
struct ReferenceBench {
  struct Stalled: Error, CustomStringConvertible {
    let description: String
  }

  let brokers: String
  let records: Int
  let keys: Int
  let rate: Int
  let seconds: Int

  /// Topics and a folder of one run of the job.
  private struct Site {
    let topics: KafkaTopics
    let log: KafkaLog
    let folder: TemporaryFolder
    let reader: any LogReader
    private let brokers: String

    init(at brokers: String) throws {
      self.brokers = brokers
      topics = KafkaTopics(at: brokers)
      log = try topics.open()
      folder = try TemporaryFolder()
      let plain = ["in", "out"].map { TopicSpecification(name: $0, partitions: 1, cleanup: .delete(after: nil)) }
      let changelog = TopicSpecification(
        name: "changelog", partitions: 1, cleanup: .compact(tombstones: .seconds(604_800)))
      _ = try log.create(plain + [changelog])
      reader = try log.openReader()
    }

    func producer(linger: Int) throws -> LoadProducer {
      try LoadProducer(to: topics.prefix + "in", at: brokers, linger: linger)
    }

    func start() throws -> ReferenceProcess {
      var settings = [
        "BROKERS": brokers, "GROUP": topics.prefix + "job", "STATE_DIR": folder.path("state"), "BATCH": "1000",
        "COMMIT_MS": "100",
      ]
      for (name, topic) in ["IN_TOPIC": "in", "OUT_TOPIC": "out", "CHANGELOG_TOPIC": "changelog"] {
        settings[name] = topics.prefix + topic
      }
      for name in ["PATH", "LD_LIBRARY_PATH"] { settings[name] = ProcessInfo.processInfo.environment[name] }
      return try ReferenceProcess(settings)
    }

    /// Waits until the job has stored that it has read so far.
    func wait(until position: Offset, _ process: ReferenceProcess) throws {
      let end = ReferenceBench.now + 300
      while try reader.committedOffsets(of: "job")[TopicPartition("in", 0)] ?? 0 < position {
        guard process.isRunning, ReferenceBench.now < end else {
          throw Stalled(description: "the job stopped before \(position)")
        }
        usleep(20_000)
      }
    }

    /// Waits until there is a record of output at or after an offset, or that offset's successor.
    func firstOutput(from offset: Offset, _ process: ReferenceProcess) throws -> Double {
      var position = offset
      while process.isRunning {
        let chunk = try reader.read(
          from: [TopicPartition("out", 0): position], for: .seconds(1), limit: BatchLimit(records: 1, bytes: 1))
        if !chunk.records.isEmpty { return ReferenceBench.now }
        position = chunk.positions.values.first ?? position
      }
      throw Stalled(description: "the job ended without output")
    }
  }

  fileprivate static var now: Double { ProcessInfo.processInfo.systemUptime }

  /// - Parameter only: which parts; none means all.
  func run(_ only: [String] = []) throws -> [Figure] {
    let parts = [("load", load), ("restart", restart), ("hop", hop)]
    return try parts.filter { only.isEmpty || only.contains($0.0) }.flatMap { try $0.1() }
  }

  /// A backlog, from the start of the process on.
  private func load() throws -> [Figure] {
    let site = try Site(at: brokers)
    let producer = try site.producer(linger: 20)
    for number in 0..<records { try producer.send(key: "case-\(number % keys)", SampleRecord.value(number)) }
    try producer.flush()
    let process = try site.start()
    let first = try site.firstOutput(from: 0, process)
    try site.wait(until: Offset(records), process)
    let end = Self.now
    let processor = process.processorTime
    let memory = process.peakMemory
    process.stop()
    let count = Double(records)
    return [
      figure("backlog, from start to end", count / (end - process.started), "records/s", ">= 80000"),
      figure("backlog, from first output to end", count / (end - first), "records/s", ">= 80000"),
      figure("processor, per 100,000 records", processor / count * 100_000, "CPU s", "<= 1.0"),
      figure("memory, at most", memory / 1e6, "MB", "<= 80"),
      figure("start to first output", first - process.started, "s", "<= 0.3"),
    ]
  }

  /// With a million keys, after a graceful stop.
  private func restart() throws -> [Figure] {
    let site = try Site(at: brokers)
    let producer = try site.producer(linger: 20)
    let count = 1_000_000
    for number in 0..<count { try producer.send(key: "case-\(number)", SampleRecord.value(number, size: 200)) }
    try producer.flush()
    let before = try site.start()
    try site.wait(until: Offset(count), before)
    let memory = before.residentMemory
    before.stop()
    let end = try site.reader.bounds(of: TopicPartition("out", 0)).upperBound
    try producer.send(key: "case-1", SampleRecord.value(count))
    try producer.flush()
    let after = try site.start()
    let first = try site.firstOutput(from: end, after)
    after.stop()
    return [
      figure("memory with a million keys", memory / 1e6, "MB"),
      figure("restart with a million keys, to first output", first - after.started, "s", "<= 0.5"),
    ]
  }

  /// Single records at a steady pace: from before one is produced until its output is readable.
  private func hop() throws -> [Figure] {
    let site = try Site(at: brokers)
    let producer = try site.producer(linger: 0)
    let process = try site.start()
    defer { process.stop() }
    try producer.send(key: "first", SampleRecord.value(0))
    try producer.flush()
    _ = try site.firstOutput(from: 0, process)
    let count = rate * seconds
    let sent = Published()
    let pause = 1 / Double(rate)
    let thread = Thread { [rate] in
      do {
        let begin = Date()
        for number in 0..<count {
          Thread.sleep(until: begin.addingTimeInterval(Double(number) * pause))
          sent.note(number)
          try producer.send(key: "case-\(number)", SampleRecord.value(number))
        }
      } catch {
        sent.fail("at \(rate)/s: \(error)")
      }
    }
    thread.start()
    let latencies = try collect(count, sent, site)
    return [
      figure("one hop at \(rate)/s, p50", quantile(latencies, 0.5), "ms", "<= 10"),
      figure("one hop at \(rate)/s, p99", quantile(latencies, 0.99), "ms", "<= 25"),
    ]
  }

  /// Sorted, in milliseconds.
  private func collect(_ count: Int, _ sent: Published, _ site: Site) throws -> [Double] {
    var positions: [TopicPartition: Offset] = [TopicPartition("out", 0): 0]
    var latencies: [Int: Double] = [:]
    while latencies.count < count {
      if let failure = sent.failure { throw Stalled(description: failure) }
      let chunk = try site.reader.read(
        from: positions, for: .milliseconds(500), limit: BatchLimit(records: 1000, bytes: 1 << 20))
      let seen = Self.now
      for record in chunk.records {
        guard let key = record.record.key, let number = Int(String(decoding: key.dropFirst(5), as: UTF8.self)) else {
          continue
        }
        latencies[number] = (seen - sent.time(of: number)) * 1000
      }
      positions = chunk.positions
    }
    return latencies.values.sorted()
  }

  private func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
    Figure(benchmark: "reference", figure: what, value: value, unit: unit, aim: aim)
  }
}
