import Board
import CaseStories
import Cases
import EventLog
import Foundation
import Monitoring
import SQLiteLog
import Streams
import Testing
import Time

struct HealthTests {
  private static let track = ConsumerGroup(name: "track", topics: [Topics.commands])

  @Test func `where nothing waits all is well`() async throws {
    let page = try await Hall(groups: [Self.track]).page("/health", as: "duban")
    #expect(page.contains("一切正常") && page.contains("没有积压") && !page.contains("请注意"))
  }

  @Test func `a dead letter, and the key that stands still behind it, need attention`() async throws {
    let hall = try Hall()
    try hall.bury(LetterTests.letter())
    let page = try await hall.page("/health", as: "root")
    #expect(page.contains("有需要处理的情况") && page.contains("请管理员在“异常记录”中重试或放弃。"))
    #expect(page.components(separatedBy: "请注意").count == 3)
  }

  @Test func `a model that is being read, and a missing holiday plan, are said`() async throws {
    var status = Follower.Status()
    status.trouble = "no log"
    let hall = try Hall(at: "2030-12-02T09:00:00+08:00", status: status)
    let page = try await hall.page("/health", as: "root")
    #expect(page.contains("no log") && page.contains("缺少 2030 年的放假安排"))
  }

  @Test func `a group that gets nowhere for a minute is stuck; one that does isn't`() throws {
    let hall = try Hall()
    let health = LogHealth(
      log: hall.log, groups: [Self.track], workers: [WorkerStatus(worker: "track")],
      reading: { Follower.Status(isReady: true) })
    let start = hall.now
    #expect(health.health(at: start).groups == [.init(name: "track", lag: 0, partitions: 2)])
    let publisher = try hall.log.openPublisher(as: "test")
    defer { publisher.close() }
    _ = try publisher.publish((0..<9).map { Output(to: Topics.commands, Record(key: Array("\($0)".utf8), value: [])) })
    // Looked at once in five seconds.
    #expect(health.health(at: start + .seconds(4)).groups.first?.lag == 0)
    #expect(health.health(at: start + .seconds(5)).groups.first?.lag == 9)
    #expect(health.health(at: start + .seconds(64)).groups.first?.stuckSince == nil)
    #expect(health.health(at: start + .seconds(70)).groups.first?.stuckSince == start + .seconds(5))
    #expect(health.health(at: start).workers == [.init(name: "track", phase: .starting, parkedKeys: 0)])
  }
}
