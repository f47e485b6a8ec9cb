import Cases
import EventLog
import Foundation
import GRDB
import Logging
import SQLiteLog
import SeededRandom
import Streams
import Testing
import Time

/// A gateway killed under load, started again, and counted: what it acknowledged against what the log has.
@Suite(.serialized, .timeLimit(.minutes(5))) struct GatewayCrashTests {
  private let folder: String
  private let log: SQLiteLog

  init() throws {
    var template = Array((NSTemporaryDirectory() + "/huiyin-gateway-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    log = try SQLiteLog(
      SQLiteLog.Settings(
        path: folder + "/log.sqlite", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        now: { Instant(milliseconds: 1_790_000_000_000) }))
    _ = try log.create([TopicSpecification(name: Topics.opinions, partitions: 3, cleanup: .delete(after: nil))])
  }

  /// All citizens speak at once, each on a thread of its own.
  private func speak(_ citizens: [Citizen], to port: Int, upTo count: Int = .max) {
    let done = DispatchGroup()
    for citizen in citizens {
      done.enter()
      Thread {
        citizen.speak(to: port, upTo: count)
        done.leave()
      }.start()
    }
    done.wait()
  }

  /// What the citizens said, as the log has it: for each partition in order.
  private func said() throws -> [[String]] {
    let reader = try log.openReader()
    defer { reader.close() }
    return try (0..<3).map { number in
      let partition = TopicPartition(Topics.opinions, number)
      let end = try reader.bounds(of: partition).upperBound
      var texts: [String] = []
      var position: Offset = 0
      while position < end {
        let chunk = try reader.read(
          from: [partition: position], for: .zero, limit: BatchLimit(records: 10_000, bytes: 64 << 20))
        for record in chunk.records { texts.append(try Opinion(data: CloudEvent(record.record).data).text) }
        position = chunk.positions[partition] ?? end
      }
      return texts
    }
  }

  private func check(_ citizens: [Citizen]) throws {
    let said = try said()
    var counts: [String: Int] = [:]
    for text in said.joined() { counts[text, default: 0] += 1 }
    let repeated = counts.filter { $0.value > 1 }
    #expect(repeated.isEmpty, "more than once: \(repeated.keys.sorted().prefix(10))")
    for citizen in citizens {
      #expect(citizen.failures.isEmpty, "\(citizen.failures.prefix(3))")
      #expect(citizen.slowest < .seconds(5))
      let lost = citizen.acknowledged.filter { counts["\(citizen.name)-\($0)"] == nil }
      #expect(lost.isEmpty, "of citizen \(citizen.name) lost: \(lost.prefix(10))")
      for partition in said {
        let numbers = partition.filter { $0.hasPrefix("\(citizen.name)-") }.compactMap {
          Int($0.drop { $0 != "-" }.dropFirst())
        }
        #expect(numbers == numbers.sorted(), "out of order: \(citizen.name)")
      }
    }
  }

  /// Runs what blocks on a thread of its own, since Swift's few are needed by all tests.
  private func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try body() }) }.start()
    }
  }

  @Test func `killed at any moment, a gateway loses and repeats nothing that it acknowledged`() async throws {
    var generator = SeededGenerator.announced(for: "GatewayCrashTests")
    let citizens = (0..<6).map { Citizen($0) }
    let stages = ["spool:began", "spool:written", "spool:committed", "log:began", "log:written", "log:committed"]
    for stage in stages + stages {
      let moment = "\(stage):\(Int.random(in: 3...40, using: &generator))"
      let end = try await onThread { [self] in
        let gateway = try GatewayProcess(folder: folder, dyingAt: moment)
        speak(citizens, to: gateway.port)
        return gateway.waitForDeath()
      }
      #expect(end == SIGKILL, "at \(moment)")
    }
    let status = try await onThread { [self] in
      let last = try GatewayProcess(folder: folder)
      speak(citizens, to: last.port, upTo: 20)
      return last.stop()
    }
    #expect(status == 0)
    #expect(citizens.allSatisfy { $0.acknowledged.count > 20 })
    print("acknowledged across \(stages.count * 2) kills: \(citizens.reduce(0) { $0 + $1.acknowledged.count })")
    try check(citizens)
  }

  @Test func `while the log is stopped no request fails, and afterwards the log has each opinion once`() async throws {
    let citizens = (0..<6).map { Citizen($0) }
    let status = try await onThread { [self] in
      let gateway = try GatewayProcess(folder: folder)
      speak(citizens, to: gateway.port, upTo: 5)
      // As long as another holds the file, nobody can write to the log.
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      // The gateway may be writing what it has taken just now.
      configuration.busyMode = .timeout(10)
      let another = try DatabaseQueue(path: folder + "/log.sqlite", configuration: configuration)
      try another.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
      speak(citizens, to: gateway.port, upTo: 300)
      try another.writeWithoutTransaction { try $0.rollback() }
      speak(citizens, to: gateway.port, upTo: 5)
      return gateway.stop()
    }
    #expect(status == 0)
    #expect(citizens.allSatisfy { $0.acknowledged.count == 310 })
    try check(citizens)
    #expect(try said().joined().count == 6 * 310)
  }
}
