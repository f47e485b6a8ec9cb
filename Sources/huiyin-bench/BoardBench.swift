import Cases
import EventLog
import Foundation
import Logging
import SQLiteLog
import Streams
import Time

/// The board under load: many who have it open and are told of changes, while opinions come in; all by `huiyin serve`
/// in one process, with the load from this one, on the same machine.
struct BoardBench {
  let readers: Int
  let perSecond: Int
  let cases: Int
  let seconds: Int

  func run() throws -> [Figure] {
    let server = try RunningServer()
    try load(server)
    server.waitUntilAtRest()
    let alone = try rest(server, readers: 0)
    let watched = try rest(server, readers: readers)
    let told = try tell(server)
    let base = try measure(server, opinions: 0)
    let busy = try measure(server, opinions: perSecond)
    let memory = Double(server.residentMemory) / 1e6
    func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
      Figure(benchmark: "board", figure: what, value: value, unit: unit, aim: aim)
    }
    return [
      figure("cases", Double(cases), ""),
      figure("the board's page", Double(busy.pageSize) / 1000, "kB"),
      figure("CPU at rest, nobody reads", alone * 100, "% of a core", "< 1"),
      figure("CPU at rest, \(readers) readers", watched * 100, "% of a core"),
      figure("an opinion until all readers hear, p50", quantile(told, 0.5), "ms"),
      figure("an opinion until all readers hear, p99", quantile(told, 0.99), "ms"),
      figure("no opinions: pages", base.pagesPerSecond, "/s"),
      figure("no opinions: page p50", quantile(base.latencies, 0.5), "ms"),
      figure("no opinions: page p99", quantile(base.latencies, 0.99), "ms"),
      figure("no opinions: page, slowest", base.latencies.last ?? 0, "ms"),
      figure("no opinions: CPU of the server", base.cpu * 100, "% of a core"),
      figure("\(perSecond) opinions/s: accepted", busy.acceptedPerSecond, "/s", "\(perSecond)"),
      figure("\(perSecond) opinions/s: accepted p50", quantile(busy.accepted, 0.5), "ms"),
      figure("\(perSecond) opinions/s: accepted p99", quantile(busy.accepted, 0.99), "ms"),
      figure("\(perSecond) opinions/s: pages", busy.pagesPerSecond, "/s"),
      figure("\(perSecond) opinions/s: page p50", quantile(busy.latencies, 0.5), "ms"),
      figure("\(perSecond) opinions/s: page p99", quantile(busy.latencies, 0.99), "ms", "< 200"),
      figure("\(perSecond) opinions/s: page, slowest", busy.latencies.last ?? 0, "ms"),
      figure("\(perSecond) opinions/s: changes told", busy.versionsPerSecond, "/s", "<= 2"),
      figure("last reader hears after the first, p99", quantile(busy.delays, 0.99), "ms"),
      figure("\(perSecond) opinions/s: CPU of the server", busy.cpu * 100, "% of a core"),
      figure(
        "page p99, with opinions : without", quantile(busy.latencies, 0.99) / quantile(base.latencies, 0.99), ""),
      figure("memory", memory, "MB"),
    ]
  }

  private struct Outcome {
    var latencies: [Double]
    var delays: [Double]
    var accepted: [Double]
    var pageSize: Int
    var pagesPerSecond: Double
    var acceptedPerSecond: Double
    var versionsPerSecond: Double
    /// Cores in use.
    var cpu: Double
  }

  private var now: Double { ProcessInfo.processInfo.systemUptime }

  /// - Parameter opinions: each second; with none, readers fetch without being told to.
  private func measure(_ server: RunningServer, opinions: Int) throws -> Outcome {
    let seen = BoardReader.Seen()
    let stream = OpinionStream(port: server.port, perSecond: max(1, opinions))
    let (port, begin) = (server.port, now + 5)
    let end = begin + Double(seconds)
    let readersEnd = Threads.start(readers) { number in
      BoardReader(number, port: port, seen: seen).read(from: begin, until: end, isDriven: opinions > 0)
    }
    let opinionsEnd =
      opinions > 0 ? Threads.start(1) { _ in stream.send(from: begin - 2, until: end) } : {}
    Thread.sleep(forTimeInterval: begin - now)
    let before = server.processorTime
    Thread.sleep(forTimeInterval: end - now)
    let used = server.processorTime - before
    opinionsEnd()
    readersEnd()
    if let failure = seen.failure ?? stream.failure { throw LoopbackConnection.Broken(description: failure) }
    let (pages, accepted) = (seen.latencies, stream.accepted)
    return Outcome(
      latencies: pages, delays: seen.delays, accepted: accepted, pageSize: seen.pageSize,
      pagesPerSecond: Double(pages.count) / Double(seconds),
      acceptedPerSecond: Double(accepted.count) / (Double(seconds) + 2),
      versionsPerSecond: Double(seen.versions) / Double(seconds), cpu: used / Double(seconds))
  }

  /// The share of a core that the server needs while nothing happens.
  private func rest(_ server: RunningServer, readers: Int) throws -> Double {
    let seen = BoardReader.Seen()
    let (port, begin) = (server.port, now + 3)
    let end = begin + Double(seconds)
    let readersEnd = Threads.start(readers) { number in
      BoardReader(number, port: port, seen: seen).read(from: begin, until: end, isDriven: true)
    }
    Thread.sleep(forTimeInterval: begin - now)
    let before = server.processorTime
    Thread.sleep(forTimeInterval: end - now)
    let used = server.processorTime - before
    readersEnd()
    if let failure = seen.failure { throw LoopbackConnection.Broken(description: failure) }
    return used / Double(seconds)
  }

  /// From before a single opinion is sent until each reader has heard that something changed; sorted, in milliseconds.
  private func tell(_ server: RunningServer) throws -> [Double] {
    let seen = BoardReader.Seen()
    let (port, begin) = (server.port, now + 3)
    let (count, pause) = (10, 3.0)
    let end = begin + Double(count) * pause
    let readersEnd = Threads.start(readers) { number in
      BoardReader(number, port: port, seen: seen).read(from: begin, until: end, isDriven: true)
    }
    let connection = try LoopbackConnection(port: port)
    var times: [Double] = []
    for number in 0..<count {
      Thread.sleep(forTimeInterval: begin + Double(number) * pause - now)
      times.append(now)
      _ = try connection.ask(OpinionStream.request(9_000_000 + number))
    }
    readersEnd()
    if let failure = seen.failure { throw LoopbackConnection.Broken(description: failure) }
    return times.flatMap { seen.delays(after: $0) }.sorted()
  }

  private func load(_ server: RunningServer) throws {
    let log = try SQLiteLog(
      SQLiteLog.Settings(
        path: server.data + "/log.sqlite", prefix: "huiyin-", logger: Logger(label: "bench"), now: Clock.now))
    let publisher = try log.openPublisher(as: "bench")
    defer { publisher.close() }
    for start in stride(from: 0, to: cases, by: 1000) {
      let part = (start..<min(cases, start + 1000)).map { number in
        let opinion = Opinion(channel: "web", text: OpinionStream.text(10_000_000 + number))
        let id = "board-\(number)"
        let event = CloudEvent(
          id: id, source: "/bench", type: EventTypes.opinionSubmitted, subject: id, time: GivenTime(Clock.now()),
          data: JSONData.encode(opinion))
        return Output(to: Topics.opinions, event.record(key: Array(id.utf8)))
      }
      _ = try publisher.publish(part)
    }
  }
}
