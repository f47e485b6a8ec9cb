import ArgumentParser
import EventLog
import Foundation
import Logging

/// What the parts cost, as ratios within one run. Never a test: nothing here passes or fails.
@main
struct HuiyinBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huiyin-bench", abstract: "Measures the loop, the timers, the pipeline's latency and its rest.")

  @Flag(help: "Print JSON instead of a table.") var json = false
  @Option(help: "Records of the loop's benchmark.") var records = 200_000
  @Option(help: "Pending timers.") var timers = 1_000_000
  @Option(help: "Opinions of the latency's benchmark.") var opinions = 4000
  @Option(parsing: .upToNextOption, help: "Only these: alone, loop, timers, serve.") var only: [String] = []

  func run() throws {
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = .error
      return handler
    }
    var figures: [Figure] = []
    func run(_ name: String, _ benchmark: () throws -> [Figure]) throws {
      guard only.isEmpty || only.contains(name) else { return }
      FileHandle.standardError.write(Data("running \(name) …\n".utf8))
      figures += try benchmark()
    }
    try run("alone") { try LoopAlone(records: records, timers: timers).run() }
    try run("loop") { try LoopOverhead(records: records, home: SQLiteBenchHome()).run() }
    try run("timers") { try TimersBench(cases: timers, home: SQLiteBenchHome()).run() }
    try run("serve") { try ServeBench(opinions: opinions, perSecond: 200).run() }
    try Report.print(figures, json: json)
  }
}
