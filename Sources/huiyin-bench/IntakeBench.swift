import Foundation

/// Accepting opinions durably, by `intake-gateway` as it is, against a bare Hummingbird handler that tells the body back:
/// each alone in a process, over the loopback, by the same load generator, turn about in one run.
struct IntakeBench {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  let seconds: Int
  let connections: Int

  func run() throws -> [Figure] {
    guard Wrk.isThere else {
      throw Missing(description: "wrk is not installed: apt-get install wrk, or leave out intake with --only")
    }
    var bare: [Wrk.Outcome] = []
    var accepting: [Wrk.Outcome] = []
    var paced = Wrk.Outcome()
    var peak = 0
    for round in 0..<3 {
      bare.append(try with(program: "huiyin-bench", ["echo-server", "--port"]) { try measure($0) })
      let last = round == 2
      try with(program: "intake-gateway", []) { server in
        accepting.append(try measure(server))
        if last { paced = try measureHalf(of: median(accepting), server) }
        peak = max(peak, ProcessFacts.peakMemory(of: server.identifier))
      }
    }
    let (echo, gateway) = (median(bare), median(accepting))
    func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
      Figure(benchmark: "intake", figure: what, value: value, unit: unit, aim: aim)
    }
    return [
      figure("bare handler that echoes", echo.perSecond, "requests/s"),
      figure("gateway, durable (SQLite)", gateway.perSecond, "requests/s"),
      figure("gateway : bare handler", gateway.perSecond / echo.perSecond, "", ">= 0.5"),
      figure("gateway, p50 at full load", gateway.half, "ms"),
      figure("gateway, p99 at full load", gateway.slowest1Percent, "ms"),
      figure("gateway, load of the next two", paced.perSecond, "requests/s", "half of the above"),
      figure("gateway, p50 at half load", paced.half, "ms"),
      figure("gateway, p99 at half load", paced.slowest1Percent, "ms", "< 50"),
      figure(
        "answers other than 202", Double((bare + accepting + [paced]).reduce(0) { $0 + $1.failures }), "", "0"),
      figure("gateway, peak memory", Double(peak) / 1e6, "MB"),
    ]
  }

  private struct Server {
    let port: Int
    let identifier: Int32
  }

  private func measure(_ server: Server) throws -> Wrk.Outcome {
    try Wrk(port: server.port, connections: connections, seconds: seconds).run(in: try TemporaryFolder())
  }

  /// So many connections that each may rest between its requests, for half the rate in all. How long an answer takes then
  /// isn't known before: so it is found in two steps.
  private func measureHalf(of full: Wrk.Outcome, _ server: Server) throws -> Wrk.Outcome {
    let period = Double(connections) / (full.perSecond / 2) * 1000
    var outcome = full
    outcome.average = period / 4
    for _ in 0..<2 {
      let wrk = Wrk(
        port: server.port, connections: connections, seconds: seconds, rest: max(0.5, period - outcome.average))
      outcome = try wrk.run(in: try TemporaryFolder())
    }
    return outcome
  }

  private func median(_ outcomes: [Wrk.Outcome]) -> Wrk.Outcome {
    let sorted = outcomes.sorted { $0.perSecond < $1.perSecond }
    return sorted[sorted.count / 2]
  }

  /// Runs the program beside this one on a free port, in a data folder of its own.
  private func with<Result>(program: String, _ arguments: [String], _ body: (Server) throws -> Result) throws -> Result
  {
    let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: program)
    guard FileManager.default.isExecutableFile(atPath: executable.path) else {
      throw Missing(description: "the program \(program) isn't beside huiyin-bench: build it too")
    }
    let folder = try TemporaryFolder()
    let port = try FreePort.find()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments.isEmpty ? [] : arguments + ["\(port)"]
    process.environment = [
      "HUIYIN_DATA": folder.path("data"), "HUIYIN_HTTP": "127.0.0.1:\(port)", "HUIYIN_LOG_LEVEL": "error",
    ]
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    while process.isRunning, !FreePort.isListening(port) { Thread.sleep(forTimeInterval: 0.02) }
    return try body(Server(port: port, identifier: process.processIdentifier))
  }
}
