import CaseStories
import Cases
import EventLog
import Monitoring
import Testing
import Time

/// What those above are to decide on, or see to.
struct DutyTests {
  private static let station = Owner(id: "lh", kind: .station, name: "柳河站")

  private func story(_ id: String, due: String, watched: Bool = true) throws -> Story {
    var story = try Story(id, due: due)
    let at = try given(GivenTime("2026-09-24T10:01:00+08:00"))
    let owner = Owner(id: "cj", kind: .department, name: "城建局")
    story.add(
      .assigned(
        Assignment(owner: owner, reason: "x", directory: "d", supervisor: watched ? Self.station : nil)), at: at)
    return story
  }

  private func ids(_ model: ReadModel, _ duty: CaseDuty, _ scope: CaseScope) throws -> [String] {
    let now = try moment("2026-09-25T10:00:00+08:00")
    let (lines, total) = try model.cases(with: duty, in: scope, limit: 10, at: now)
    #expect(lines.count == total)
    return lines.map(\.id.text)
  }

  @Test func `a request for more time waits until it is decided, the first to end in front`() throws {
    let model = try ReadModel.inMemory()
    let at = try given(GivenTime("2026-09-25T09:00:00+08:00"))
    var stories = [
      try story("a", due: "2026-10-14"), try story("b", due: "2026-10-12"),
      try story("c", due: "2026-10-13", watched: false), try story("d", due: "2026-10-13"),
    ]
    for index in 0..<3 {
      stories[index].add(
        .extensionRequested(CaseEvent.ExtensionRequested(by: "城建局", reason: "x", workingDays: 2)), at: at)
    }
    _ = try model.apply(Chunk(stories.flatMap(\.records)))
    #expect(try ids(model, .extensionRequest, .all) == ["b", "c", "a"])
    #expect(try ids(model, .extensionRequest, .held(by: "lh")) == ["b", "a"])
    #expect(try ids(model, .extensionRequest, .held(by: "cj")) == [], "nobody decides on their own request")
    #expect(try ids(model, .keySupervision, .all) == [])
    stories[1].add(.extensionDenied(CaseEvent.Told(by: "柳河站", reason: nil)), at: at)
    _ = try model.apply(Chunk(Array(stories[1].records.suffix(1)), from: 100))
    #expect(try ids(model, .extensionRequest, .held(by: "lh")) == ["a"])
  }

  @Test func `key supervisions wait for the answer, and closed cases to be looked at again for that`() throws {
    let model = try ReadModel.inMemory()
    let at = try given(GivenTime("2026-09-25T09:00:00+08:00"))
    var key = try story("key", due: "2026-10-12")
    key.add(.supervised(CaseEvent.Supervised(step: .key, leader: "张副主任", number: 3)), at: at)
    _ = try model.apply(Chunk(key.records))
    #expect(try ids(model, .keySupervision, .all) == ["key"])
    #expect(try ids(model, .keySupervision, .held(by: "lh")) == ["key"])
    let before = key.records.count
    try key.reply(at: "2026-09-26T09:00:00+08:00")
    try key.close(at: "2026-09-26T10:00:00+08:00")
    let due = try given(CalendarDate("2026-10-26"))
    key.add(
      .reviewDue(CaseEvent.DeadlineEvent(due: due, generation: 1, firedAt: at, lateBy: 0)), at: at)
    _ = try model.apply(Chunk(Array(key.records.dropFirst(before)), from: 100))
    #expect(try ids(model, .keySupervision, .all) == [])
    #expect(try ids(model, .review, .all) == ["key"])
    key.add(.reviewed(CaseEvent.Reviewed(by: "督办室", upheld: true, text: nil)), at: at)
    _ = try model.apply(Chunk(Array(key.records.suffix(1)), from: 200))
    #expect(try ids(model, .review, .all) == [])
  }
}
