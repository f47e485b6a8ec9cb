import ArgumentParser
import Foundation
import Logging

/// The loop, the timers, the pipeline's latency and its rest, on SQLite and, where a broker is given, on Kafka.
struct PartsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parts", abstract: "Measures the loop, the timers, the pipeline's latency and its rest.")

  @Flag(help: "Print JSON instead of a table.") var json = false
  @Option(help: "Records of the loop's benchmark, and of the copy's.") var records = 200_000
  @Option(help: "Pending timers.") var timers = 1_000_000
  @Option(help: "Open cases, which need about 6 kB each on the disk.") var cases = 1_000_000
  @Option(help: "Cases of the read model, which need about 15 kB each on the disk.") var modelCases = 1_000_000
  @Option(help: "A file that keeps the read model, so that a second run measures its queries alone.")
  var model: String?
  @Option(help: "Opinions of the latency's benchmark.") var opinions = 4000
  @Option(help: "Seconds of each run of intake's benchmark.") var seconds = 10
  @Option(help: "Connections of intake's benchmark.") var connections = 64
  @Option(help: "Readers of the board's benchmark.") var readers = 200
  @Option(help: "Opinions per second of the board's benchmark.") var pace = 200
  @Option(help: "Cases on the board before it is read.") var known = 20_000
  @Option(help: "Seconds of each run of the board's benchmark.") var boardSeconds = 60
  @Option(help: "A broker, as host:port, to measure on Kafka too; HUIYIN_BENCH_KAFKA names it as well.")
  var kafka: String?
  @Option(help: "A property of librdkafka's for KafkaLog, as name=value; may be repeated.") var property: [String] = []
  @Option(
    parsing: .upToNextOption, help: "Only these: alone, loop, copy, timers, cases, read-model, serve, intake, board.")
  var only: [String] =
    []

  func run() throws {
    Quiet.bootstrap()
    let broker = Broker.given(kafka)
    var figures: [Figure] = []
    func run(_ name: String, _ benchmark: () throws -> [Figure]) throws {
      guard only.isEmpty || only.contains(name) else { return }
      FileHandle.standardError.write(Data("running \(name) …\n".utf8))
      figures += try benchmark()
    }
    func kafkaHome(_ broker: String) throws -> KafkaBenchHome {
      let pairs = property.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
      return try KafkaBenchHome(broker, properties: Dictionary(pairs.map { ($0[0], $0.last ?? "") }) { $1 })
    }
    func homes() throws -> [any BenchHome] {
      try [SQLiteBenchHome()] + (broker.map { [try kafkaHome($0)] } ?? [])
    }
    try run("alone") { try LoopAlone(records: records, timers: timers).run() }
    try run("loop") { try homes().flatMap { try LoopOverhead(records: records, home: $0).run() } }
    if let broker { try run("copy") { try CopyBench(records: records, home: kafkaHome(broker)).run() } }
    try run("timers") { try homes().flatMap { try TimersBench(cases: timers, home: $0).run() } }
    try run("cases") { try CasesBench(cases: cases, home: SQLiteBenchHome()).run() }
    try run("read-model") { try ReadModelBench(cases: modelCases, home: SQLiteBenchHome(), kept: model).run() }
    try run("serve") { try ServeBench(opinions: opinions, perSecond: 200).run() }
    try run("intake") { try IntakeBench(seconds: seconds, connections: connections).run() }
    try run("board") {
      try BoardBench(readers: readers, perSecond: pace, cases: known, seconds: boardSeconds).run()
    }
    try Report.print(figures, json: json)
  }
}

/// Which broker is measured on, if any.
enum Broker {
  static func given(_ option: String?) -> String? {
    (option ?? ProcessInfo.processInfo.environment["HUIYIN_BENCH_KAFKA"]).flatMap { $0.isEmpty ? nil : $0 }
  }
}

enum Quiet {
  /// Only errors are said, on the standard error.
  static func bootstrap() {
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = .error
      return handler
    }
  }
}
