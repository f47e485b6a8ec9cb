import Cases
import EventLog
import Foundation
import Logging
import SQLiteLog
import Streams
import Time

/// `huiyin serve` as a process: at rest, and with opinions coming in at a steady pace.
struct ServeBench {
  struct Missing: Error, CustomStringConvertible {
    var description: String { "the program huiyin isn't beside huiyin-bench: build it too" }
  }

  let opinions: Int
  let perSecond: Int

  func run() throws -> [Figure] {
    let data = FileManager.default.temporaryDirectory.appending(path: "huiyin-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: data) }
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "huiyin")
    guard FileManager.default.isExecutableFile(atPath: program.path) else { throw Missing() }
    let process = Process()
    process.executableURL = program
    process.arguments = ["serve"]
    process.environment = ["HUIYIN_DATA": data.path, "HUIYIN_HTTP": "127.0.0.1:0", "HUIYIN_LOG_LEVEL": "error"]
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    let log = try SQLiteLog(
      SQLiteLog.Settings(
        path: data.appending(path: "log.sqlite").path, prefix: "huiyin-", logger: Logger(label: "bench"),
        now: Clock.now))
    var topics: [TopicSpecification] = []
    while topics.count < 9, process.isRunning { topics = try log.topics() }
    let latencies = try measure(log, partitions: topics.first?.partitions ?? 0)
    Thread.sleep(forTimeInterval: 3)
    let before = ProcessFacts.processorTime(of: process.processIdentifier)
    let rest = 20.0
    Thread.sleep(forTimeInterval: rest)
    let idle = (ProcessFacts.processorTime(of: process.processIdentifier) - before) / rest * 100
    let memory = Double(ProcessFacts.residentMemory(of: process.processIdentifier)) / 1e6
    return [
      Figure(
        benchmark: "latency", figure: "opinion to feedback, p50 at \(perSecond)/s", value: quantile(latencies, 0.5),
        unit: "ms"),
      Figure(
        benchmark: "latency", figure: "opinion to feedback, p99 at \(perSecond)/s", value: quantile(latencies, 0.99),
        unit: "ms"),
      Figure(benchmark: "idle", figure: "CPU of huiyin serve at rest", value: idle, unit: "% of a core", aim: "< 1"),
      Figure(benchmark: "idle", figure: "resident memory of huiyin serve", value: memory, unit: "MB", aim: "< 80"),
    ]
  }

  /// Sorted, in milliseconds: from before the publication until the first feedback record of the case is readable.
  private func measure(_ log: any EventLog, partitions: Int) throws -> [Double] {
    let published = Published()
    let count = opinions
    let pause = 1 / Double(perSecond)
    let thread = Thread {
      do {
        let publisher = try log.openPublisher(as: "bench")
        let begin = Date()
        for number in 0..<count {
          Thread.sleep(until: begin.addingTimeInterval(Double(number) * pause))
          published.note(number)
          _ = try publisher.publish([Self.opinion(number)])
        }
        publisher.close()
      } catch {
        published.fail("\(error)")
      }
    }
    thread.start()
    let reader = try log.openReader()
    defer { reader.close() }
    var positions: [TopicPartition: Offset] = [:]
    for partition in 0..<partitions { positions[TopicPartition(Topics.feedback, partition)] = 0 }
    var latencies: [Int: Double] = [:]
    while latencies.count < count {
      if let failure = published.failure { throw LogError(.other, failure, recovery: .stop) }
      let chunk = try reader.read(
        from: positions, for: .milliseconds(500), limit: BatchLimit(records: 1000, bytes: 1 << 20))
      let seen = ProcessInfo.processInfo.systemUptime
      for record in chunk.records {
        guard let key = record.record.key, let number = Int(String(decoding: key, as: UTF8.self).dropFirst(5)),
          latencies[number] == nil
        else { continue }
        latencies[number] = (seen - published.time(of: number)) * 1000
      }
      positions = chunk.positions
    }
    return latencies.values.sorted()
  }

  private static func opinion(_ number: Int) -> Output {
    let opinion = Opinion(
      channel: "web", title: "路灯不亮", text: "青石巷口的路灯坏了半个月，晚上走路很不方便，请派人修一修。第\(number)件。")
    let event = CloudEvent(
      id: "\(number)", source: "/bench", type: EventTypes.opinionSubmitted, subject: "case-\(number)",
      time: GivenTime(Clock.now()), data: JSONData.encode(opinion))
    return Output(to: Topics.opinions, event.record(key: Array("case-\(number)".utf8)))
  }
}
