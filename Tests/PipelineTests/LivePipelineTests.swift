import Assembly
import Cases
import EventLog
import Foundation
import Logging
import Streams
import Testing
import Time

/// Real messages on today's clock, through processes.
@Suite(.serialized) struct `Running the pipeline live` {
  private let folder: TemporaryFolder
  private let data: String

  init() throws {
    folder = try TemporaryFolder()
    data = folder.path("data")
  }

  private var environment: [String: String] {
    ["HUIYIN_DATA": data, "HUIYIN_HTTP": "127.0.0.1:0", "HUIYIN_THREADS": "2"]
  }

  private func openLog() throws -> any EventLog {
    var environment = environment
    environment["HUIYIN_LOG_LEVEL"] = "error"
    let settings = try Settings(environment: environment)
    return try LogHome.open(settings, now: Program.wallClock, logger: Logger(label: "test"))
  }

  /// Follows `cases` until so many have closed.
  private func waitForClosed(_ count: Int, within limit: Duration = .seconds(120)) throws -> [RealMessages.Facts] {
    let cases = try ClosedCases(in: openLog())
    let end = Program.wallClock() + limit
    while try cases.read(for: .seconds(1)) < count, Program.wallClock() < end {}
    return cases.facts
  }

  private func publish() throws {
    let result = try Executables.huiyin(
      "publish", "--historic", "--input", RealMessages.events, environment: environment)
    #expect(result.status == 0, "\(result.errors)")
  }

  private func checkAll(_ facts: [RealMessages.Facts]) throws {
    let expected = try RealMessages.expected()
    #expect(facts.count == expected.count)
    #expect(facts == expected)
  }

  private func verify() throws {
    let result = try Executables.huiyin("verify", environment: environment)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test(.enabled(if: RealMessages.areThere(for: "real messages through huiyin serve")))
  func `one process comes to the facts of the replay, and a second publication changes nothing`() throws {
    let processes = ProcessGroup()
    try processes.start("huiyin", ["serve"], environment, log: folder.path("serve.log"))
    try publish()
    try checkAll(try waitForClosed(1079))
    try publish()
    #expect(processes.stop() == [0])
    try checkAll(try waitForClosed(1079))
    try verify()
  }

  @Test(.enabled(if: RealMessages.areThere(for: "real messages through six processes")))
  func `six processes on one file, started before and after the messages came, come to the same facts`() throws {
    let processes = ProcessGroup()
    for name in ["monitor", "feedback-worker", "route-worker"] {
      try processes.start(name, [], environment, log: folder.path(name))
    }
    try publish()
    for name in ["track-worker", "classify-worker", "intake-gateway"] {
      try processes.start(name, [], environment, log: folder.path(name))
    }
    try checkAll(try waitForClosed(1079))
    #expect(processes.allRun)
    #expect(processes.stop() == [0, 0, 0, 0, 0, 0])
    try verify()
  }

  @Test func `a data folder that another process owns is refused by its name`() throws {
    let processes = ProcessGroup()
    try processes.start("huiyin", ["serve"], environment, log: folder.path("serve.log"))
    // It listens after the folder is locked and the signals are cared for.
    while try !String(contentsOfFile: folder.path("serve.log"), encoding: .utf8).contains("Listening"),
      processes.allRun
    {}
    let second = try Executables.huiyin("serve", environment: environment)
    #expect(second.status == 1)
    #expect(second.errors.contains(data) && second.errors.contains("is in use by process"), "\(second.errors)")
    let worker = try Executables.run("track-worker", [], environment)
    #expect(worker.status == 1)
    #expect(processes.stop() == [0])
  }
}
