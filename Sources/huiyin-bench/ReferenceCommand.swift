import ArgumentParser

/// Measures the reference worker.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Runs reference-worker on a broker and measures it.")

  @Flag(help: "Print JSON instead of a table.") var json = false
  @Option(help: "Records of the backlog.") var records = 500_000
  @Option(help: "Keys of the backlog.") var keys = 10_000
  @Option(help: "Records per second for the latency of one hop.") var rate = 500
  @Option(help: "Seconds for which that is measured.") var seconds = 20
  @Option(help: "The broker, as host:port; HUIYIN_BENCH_KAFKA names it as well.") var kafka: String?
  @Option(parsing: .upToNextOption, help: "Only these: load, restart, hop.") var only: [String] = []

  func run() throws {
    Quiet.bootstrap()
    guard let broker = Broker.given(kafka) else { throw ValidationError("a broker is needed: --kafka host:port") }
    let bench = ReferenceBench(brokers: broker, records: records, keys: keys, rate: rate, seconds: seconds)
    try Report.print(try bench.run(only), json: json)
  }
}
