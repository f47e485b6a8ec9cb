import Cases
import EventLog
import Foundation
import Logging
import Metrics
import Monitoring
import Synchronization
import Time

/// The read model of a county's five years: built from the log by the monitor's own follower, and then asked everything
/// that pages and programs ask it, each a thousand times with other arguments.
struct ReadModelBench {
  let cases: Int
  let home: any BenchHome
  /// Times that each query is asked.
  var rounds = 1000
  /// A model that is kept from one run to the next, so as to measure the queries alone; built if it is missing.
  var kept: String?

  func run() throws -> [Figure] {
    let folder = try TemporaryFolder()
    let path = kept ?? folder.path("monitor.sqlite")
    var figures: [Figure] = []
    if kept == nil || !FileManager.default.fileExists(atPath: path) { figures += try build(path) }
    let rounds = try QueryRounds(model: ReadModel(path: path), cases: cases, rounds: rounds)
    for (name, times) in try rounds.run() {
      let sorted = times.sorted()
      figures.append(figure("\(name): p50", quantile(sorted, 0.5), "ms"))
      figures.append(figure("\(name): p99", quantile(sorted, 0.99), "ms", "< 50"))
      figures.append(figure("\(name): at the longest", sorted.last ?? 0, "ms"))
    }
    return figures
  }

  private func build(_ path: String) throws -> [Figure] {
    let topics = [
      Topics.cases, Topics.citizens, Topics.classifications, Topics.feedback, Topics.deadLetters, Topics.directory,
    ]
    let log = try home.open(partitions: 4, topics: topics, changelogs: [])
    let publisher = try log.openPublisher(as: "bench")
    var events = 0
    let writing = try Cost.of { events = try BenchTown(cases: cases).write(to: publisher) }
    publisher.close()
    let model = try ReadModel(path: path)
    let follower = Follower(
      log: log, model: model, calendar: .builtIn, clock: Clock.now,
      pause: { Thread.sleep(forTimeInterval: $0.inSeconds) },
      logger: Logger(label: "bench"), metrics: NOOPMetricsHandler.instance)
    let cost = Cost.of { follower.run { follower.status.isReady } }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
    return [
      figure("cases", Double(cases), ""),
      figure("events", Double(events), ""),
      figure("written to the log in", writing.wall, "s"),
      figure("built from the log in", cost.wall / 60, "min", "< 10"),
      figure("events folded", Double(events) / cost.wall, "/s"),
      figure("processor time of that", cost.cpu, "s"),
      figure("file", (size?.doubleValue ?? 0) / 1e6, "MB"),
      figure("memory", Double(ProcessFacts.peakMemory(of: getpid())) / 1e6, "MB at most"),
    ]
  }

  private func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
    Figure(benchmark: "read-model", figure: what, value: value, unit: unit, aim: aim)
  }
}
