import Cases
import EventLog
import Foundation
import MetricsTestKit
import SQLiteLog
import Streams
import Testing
import Time

@testable import WeChatDelivery

/// On a log in memory, under the tests' own thread: each run ends once the log is read.
@Suite struct FeedbackReaderTests {
  private let log: SQLiteLog
  private let publisher: any LogPublisher

  init() throws {
    log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: Given.silent, now: { Given.noon }))
    _ = try log.create(
      [Topics.citizens, Topics.feedback, DeadLetter.topic].map {
        TopicSpecification(name: $0, partitions: 3, cleanup: .delete(after: nil))
      })
    publisher = try log.openPublisher(as: "test")
  }

  private func publish(_ records: Record..., to topic: String) throws {
    _ = try publisher.publish(records.map { Output(to: topic, $0) })
  }

  /// Reads until the group has committed all of `feedback`.
  private func read(into store: DeliveryStore, accounts: Set<String> = ["qingxi"], as member: String = "a") throws {
    let reader = FeedbackReader(
      log: log, store: store, accounts: accounts, member: member, sessionTimeout: .seconds(10), clock: { Given.noon },
      pause: { _ in }, logger: Given.silent, metrics: TestMetrics())
    reader.run { [log] in Given.isRead(log, partitions: 3) }
  }

  private func due(_ store: DeliveryStore) async throws -> [DeliveryStore.Waiting] {
    try await store.due(at: Given.noon, limit: 100, accounts: ["qingxi", "liuhe"], exceptCases: [])
  }

  @Test func `what is for WeChat is in the store once, and read once by the group`() async throws {
    try publish(Given.citizen("a", openid: "oA"), Given.citizen("b", openid: "oB"), to: Topics.citizens)
    try publish(
      Given.feedback("a"), Given.feedback("b", channel: "sms"), Given.feedback("b", id: "b.1", kind: "notice"),
      Given.feedback("a"), to: Topics.feedback)
    let store = try DeliveryStore(path: ":memory:")
    try read(into: store)
    #expect(Set(try await due(store).map(\.id)) == ["a.5.0", "b.1"])
    #expect(Set(try await due(store).compactMap { $0.address?.chat.openid }) == ["oA", "oB"])
    // Another member goes on where the first one stopped.
    try publish(Given.citizen("c", openid: "oC"), to: Topics.citizens)
    try publish(Given.feedback("c"), to: Topics.feedback)
    let other = try DeliveryStore(path: ":memory:")
    try read(into: other, as: "b")
    #expect(try await due(other).map(\.id) == ["c.5.0"])
  }

  @Test func `a citizen who came after the reader began is known before what they are told is taken`() async throws {
    let store = try DeliveryStore(path: ":memory:")
    for number in 0..<5 {
      try publish(Given.citizen("c\(number)", openid: "o\(number)"), to: Topics.citizens)
      try publish(Given.feedback("c\(number)"), to: Topics.feedback)
      try read(into: store)
    }
    #expect(try await due(store).count == 5)
  }

  @Test func `killed between the store and the log, it reads the same again and takes nothing twice`() async throws {
    try publish(Given.citizen("a"), to: Topics.citizens)
    try publish(Given.feedback("a"), to: Topics.feedback)
    let store = try DeliveryStore(path: ":memory:")
    _ = try store.prepare(for: try log.identity())
    // What the store had when it was killed: the citizen, and what they are to be told.
    try Given.fill(store, [Given.feedback("a")])
    try read(into: store)
    #expect(try await due(store).map(\.id) == ["a.5.0"])
  }

  @Test func `a broken record is a dead letter once, and the others go on`() async throws {
    var broken = Given.feedback("a")
    broken.value = Array("{".utf8)
    try publish(Given.citizen("a"), to: Topics.citizens)
    try publish(broken, Given.feedback("a"), to: Topics.feedback)
    let store = try DeliveryStore(path: ":memory:")
    try read(into: store)
    #expect(try await due(store).map(\.id) == ["a.5.0"])
    let letters = try DeadLetter.all(in: log)
    #expect(letters.map(\.stage) == ["wechat"] && letters.first?.reason.hasSuffix("data is not JSON") == true)
    // Sent again by an operator, it is read again, and is another dead letter.
    _ = try publisher.publish(try #require(letters.first?.retrying()))
    try read(into: store)
    #expect(try DeadLetter.all(in: log).count == 2)
  }

  @Test func `a forgotten citizen is told nothing`() async throws {
    try publish(Given.citizen("a"), Record(key: Array("a".utf8), value: nil), to: Topics.citizens)
    try publish(Given.feedback("a"), to: Topics.feedback)
    let store = try DeliveryStore(path: ":memory:")
    try read(into: store)
    #expect(try await due(store).isEmpty)
  }
}
