import SeededRandom
import Assembly
import EventLog
import Foundation
import GivenBroker
import KafkaLog
import Logging
import Streams
import Testing

/// The six worker programs on a broker, killed again and again while messages come.
@Suite(.serialized, .enabled(if: GivenBroker.isGiven, "\(GivenBroker.absence)"))
struct `Running the pipeline on Kafka` {
  private static let parts = 10
  private static let kills = 16

  private let folder: TemporaryFolder
  private let prefix: OwnPrefix
  private let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    let broker = try #require(GivenBroker.address)
    prefix = OwnPrefix(on: broker, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    environment = [
      "HUIYIN_LOG": "kafka://\(broker)", "HUIYIN_TOPIC_PREFIX": prefix.settings.prefix, "HUIYIN_PARTITIONS": "4",
      "HUIYIN_DATA": folder.path("data"), "HUIYIN_HTTP": "127.0.0.1:0", "HUIYIN_THREADS": "2",
      "HUIYIN_INSTANCE": "test", "HUIYIN_SESSION_TIMEOUT": "6",
    ]
  }

  private func huiyin(_ arguments: String...) throws -> String {
    let result = try Executables.run("huiyin", arguments, environment)
    #expect(result.status == 0, "huiyin \(arguments): \(result.output)\(result.errors)")
    return result.output
  }

  private func openLog() throws -> any EventLog {
    var environment = environment
    environment["HUIYIN_LOG_LEVEL"] = "error"
    return try LogHome.open(Settings(environment: environment), now: Program.wallClock, logger: Logger(label: "test"))
  }

  @Test func `invented messages come to the facts of their replay, whoever is killed when`() throws {
    var lines: [String] = []
    for number in 0..<300 {
      let day = 2 + number % 25
      let id = "case-\(number)"
      lines.append(
        #"{"specversion":"1.0","id":"\#(id)","source":"/test","subject":"\#(id)","#
          + #""type":"cn.huiyin.opinion.submitted.v1","time":"2026-03-\#(day < 10 ? "0" : "")\#(day)T10:00:00+08:00","#
          + #""data":{"channel":"web","title":"路灯","text":"第\#(number)盏路灯坏了","citizen":{"anonymous":true}}}"#)
      lines.append(
        #"{"specversion":"1.0","id":"\#(id)-reply","source":"/test","subject":"\#(id)","#
          + #""type":"cn.huiyin.case.reply.v1","time":"2026-04-0\#(1 + number % 9)T09:00:00+08:00","#
          + #""data":{"by":"城管局","method":"phone","text":"已修好"}}"#)
    }
    let input = try folder.write(lines.joined(separator: "\n") + "\n", to: "invented.jsonl")
    let report = folder.path("report.jsonl")
    let replay = try Executables.run("huiyin", ["replay", "--input", input, "--report", report])
    #expect(replay.status == 0, "\(replay.errors)")
    try run(lines, to: RealMessages.facts(report))
  }

  @Test(.enabled(if: RealMessages.areThere(for: "real messages through six processes on Kafka")))
  func `real messages come to their facts, whoever is killed when`() throws {
    let lines = try String(contentsOfFile: RealMessages.events, encoding: .utf8).split(separator: "\n").map(String.init)
    try run(lines, to: RealMessages.expected())
  }

  private func run(_ lines: [String], to expected: [RealMessages.Facts]) throws {
    var generator = SeededGenerator.announced(for: "six processes on Kafka")
    let begin = ContinuousClock.now
    let crew = Crew(environment, folder: folder)
    for name in Crew.names.shuffled(using: &generator) { try crew.start(name) }
    try waitForComplaints(crew)
    #expect(try huiyin("topics", "create").contains("cases: created"))

    let cases = try ClosedCases(in: openLog())
    let size = (lines.count + Self.parts - 1) / Self.parts
    for start in stride(from: 0, to: lines.count, by: size) {
      let part = lines[start..<min(lines.count, start + size)].joined(separator: "\n") + "\n"
      _ = try huiyin("publish", "--historic", "--input", folder.write(part, to: "part-\(start).jsonl"))
      try crew.killAndStart(Crew.names.randomElement(using: &generator) ?? "track-worker")
    }
    let end = begin + .seconds(300)
    var closed = 0
    while closed < expected.count, ContinuousClock.now < end {
      closed = try cases.read(for: .milliseconds(300))
      if crew.kills < Self.kills, Int.random(in: 0..<3, using: &generator) == 0 {
        try crew.killAndStart(Crew.names.randomElement(using: &generator) ?? "track-worker")
      }
    }
    let facts = cases.facts
    #expect(facts.count == expected.count && closed == expected.count)
    let isAsExpected = facts == expected
    #expect(isAsExpected, "every case has the facts that it should have")
    #expect(crew.kills >= Self.parts)
    #expect(crew.fallen == [], "those who ended by themselves")
    #expect(crew.stop() == [], "those who did not end well")
    _ = try huiyin("verify")
    print("\(lines.count) events, \(crew.kills) kills, \(closed) cases closed, \(ContinuousClock.now - begin)")
  }

  /// Until each program that reads topics has said that it waits for one.
  private func waitForComplaints(_ crew: Crew) throws {
    let end = ContinuousClock.now + .seconds(60)
    var silent = Crew.names.filter { $0 != "intake-gateway" }
    while !silent.isEmpty {
      silent.removeAll { name in
        let words = crew.words(of: name)
        return words.contains("doesn't exist yet") || words.contains("waiting for a topic")
      }
      try #require(ContinuousClock.now < end, "\(silent) say nothing of what they wait for")
      try #require(crew.fallen == [])
    }
  }
}
