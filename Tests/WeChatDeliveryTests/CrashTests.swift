import Cases
import EventLog
import Foundation
import SQLiteLog
import SeededRandom
import Streams
import Testing
import Time

@testable import WeChatDelivery

/// A carrier killed at its worst moments and started again, and what WeChat and track got counted.
@Suite(.serialized, .timeLimit(.minutes(3)), .enabled(if: PlayedWeChat.isThere, PlayedWeChat.missing))
struct CarrierCrashTests {
  private let folder: String
  private let log: SQLiteLog

  init() throws {
    var template = Array((NSTemporaryDirectory() + "/huiyin-carrier-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
    log = try SQLiteLog(SQLiteLog.Settings(path: folder + "/log.sqlite", logger: Given.silent, now: now))
    _ = try log.create(
      [Topics.citizens, Topics.feedback, Topics.commands, DeadLetter.topic].map {
        TopicSpecification(name: $0, partitions: 3, cleanup: .delete(after: nil))
      })
  }

  /// What track is told, by id, and how often.
  private func reports() throws -> [String: Int] {
    let reader = try log.openReader()
    defer { reader.close() }
    var counts: [String: Int] = [:]
    for number in 0..<3 {
      let partition = TopicPartition(Topics.commands, number)
      let end = try reader.bounds(of: partition).upperBound
      var position: Offset = 0
      while position < end {
        let chunk = try reader.read(
          from: [partition: position], for: .zero, limit: BatchLimit(records: 10_000, bytes: 64 << 20))
        for record in chunk.records { counts[try CloudEvent(record.record).id, default: 0] += 1 }
        position = chunk.positions[partition] ?? end
      }
    }
    return counts
  }

  private func publish(_ numbers: Range<Int>) throws {
    let publisher = try log.openPublisher(as: "test")
    defer { publisher.close() }
    let late = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + .seconds(3600)
    _ = try publisher.publish(numbers.map { Output(to: Topics.citizens, Given.citizen("c\($0)", openid: "o\($0)")) })
    _ = try publisher.publish(numbers.map { Output(to: Topics.feedback, Given.feedback("c\($0)", expires: late)) })
  }

  @Test func `killed again and again, it loses nothing, and sends again only what WeChat's answer didn't outlive`()
    async throws
  {
    let wechat = try PlayedWeChat()
    var random = SeededGenerator.announced(for: "CarrierCrashTests")
    let moments = ["answered", "log:written", "log:committed", "spool:written", "spool:committed"]
    var published = 0
    var kills = 0
    for moment in moments + moments {
      try publish(published..<published + 20)
      published += 20
      let at = "\(moment):\(Int.random(in: 1...(moment == "answered" ? 15 : 2), using: &random))"
      let end = try await CarrierProcess.run(folder: folder, api: wechat.address, dyingAt: at)
      #expect(end == SIGKILL || end == 0, "at \(at)")
      if end == SIGKILL { kills += 1 }
    }
    #expect(kills >= 8)
    #expect(try await CarrierProcess.run(folder: folder, api: wechat.address) == 0)
    var sent: [String: Int] = [:]
    for call in try await wechat.calls() where call.errcode == 0 { sent[call.body.touser, default: 0] += 1 }
    #expect(Set(sent.keys) == Set((0..<published).map { "o\($0)" }))
    // At most eight are under way when it is killed.
    let again = sent.values.reduce(0) { $0 + $1 - 1 }
    #expect(again <= kills * 8)
    let reports = try reports()
    #expect(Set(reports.keys) == Set((0..<published).map { "c\($0).5.0.delivered" }))
    print(
      "\(kills) kills, \(published) messages: \(again) sent twice, "
        + "\(reports.values.reduce(0) { $0 + $1 - 1 }) reports twice in the log")
  }

  @Test func `killed right after WeChat's answer, the message goes twice, and track hears of it once`() async throws {
    let wechat = try PlayedWeChat()
    try publish(0..<1)
    #expect(try await CarrierProcess.run(folder: folder, api: wechat.address, dyingAt: "answered:1") == SIGKILL)
    #expect(try await CarrierProcess.run(folder: folder, api: wechat.address) == 0)
    #expect(try await wechat.calls().count == 2)
    #expect(try reports() == ["c0.5.0.delivered": 1])
  }

  @Test(arguments: ["log:committed:1", "spool:written:1", "spool:committed:1"])
  func `killed at any other moment, it goes once`(moment: String) async throws {
    let wechat = try PlayedWeChat()
    try publish(0..<1)
    let end = try await CarrierProcess.run(folder: folder, api: wechat.address, dyingAt: moment)
    #expect(end == SIGKILL)
    #expect(try await CarrierProcess.run(folder: folder, api: wechat.address) == 0)
    #expect(try await wechat.calls().count == 1)
    #expect(Set(try reports().keys) == ["c0.5.0.delivered"])
  }
}
