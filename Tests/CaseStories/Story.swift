package import Cases
package import EventLog
import Foundation
package import Monitoring
import Streams
package import Time

/// The events of one case, as `track` would write them.
package struct Story {
  package let id: CaseID
  package private(set) var records: [Record] = []
  private var deadline: CaseEvent.ReplyDeadline

  /// - Parameters:
  ///   - received: such as `2026-09-24T10:00:00+08:00`.
  ///   - due: the last day.
  package init(
    _ id: String, received: String = "2026-09-24T10:00:00+08:00", due: String = "2026-10-12", text: String = "路灯坏了",
    title: String? = nil, address: String? = nil, attachments: [Opinion.Attachment]? = nil, provisional: Bool = false,
    recorded: String? = nil
  ) throws {
    self.id = try given(CaseID(id))
    let received = try given(GivenTime(received))
    let due = try given(CalendarDate(due))
    deadline = CaseEvent.ReplyDeadline(
      due: due, expires: GivenTime(TimeOffset.shanghai.instant(of: due, at: .seconds(24 * 3600))), workingDays: 7,
      calendar: "cn-1", policy: "reply-1", provisional: provisional, generation: 1)
    let opinion = Opinion(channel: "web", title: title, text: text, address: address, attachments: attachments)
    let submission = Submission(
      opinion: OpinionReference(source: "/test", id: id), received: received,
      recorded: try given(GivenTime(recorded ?? received.text)), historic: false,
      statement: Statement(opinion))
    add(.opened(CaseEvent.Opened(submission: submission, deadline: deadline)), at: received)
  }

  package mutating func add(_ event: CaseEvent, at time: GivenTime) {
    add(type: event.type, data: event.data, at: time)
  }

  package mutating func add(type: String, data: [UInt8]?, at time: GivenTime) {
    let event = CloudEvent(
      id: "\(id)-\(records.count + 1)", source: "/test", type: type, subject: id.text, time: time,
      extensions: ["sequence": "\(records.count + 1)"], data: data)
    records.append(event.record(key: id.key))
  }

  package mutating func assign(
    to name: String = "城建局", category: String = "城乡建设", at time: String = "2026-09-24T10:00:05+08:00"
  )
    throws
  {
    let time = try given(GivenTime(time))
    add(.classified(Classification(category: category, confidence: 0.87, why: ["路灯"], version: "rules-1")), at: time)
    let owner = Owner(id: "cj", kind: .department, name: name)
    add(.assigned(Assignment(owner: owner, reason: "类别对应的承办单位", directory: "d-1")), at: time)
  }

  package mutating func becomeOverdue() {
    let event = CaseEvent.DeadlineEvent(due: deadline.due, generation: 1, firedAt: deadline.expires, lateBy: 0)
    add(.overdue(event), at: deadline.expires)
  }

  package mutating func reply(
    at time: String, text: String = "已经修好", by: String = "李工", overdue: Bool = false, workingDays: Int = 3,
    recorded: String? = nil
  ) throws {
    let time = try given(GivenTime(time))
    let reply = CaseCommand.Reply(by: by, method: .phone, text: text)
    add(
      .replied(
        CaseEvent.Replied(
          reply: reply, at: time, recorded: recorded.flatMap { GivenTime($0) }, historic: false,
          workingDays: workingDays, overdue: overdue)),
      at: time)
  }

  package mutating func close(at time: String) throws {
    let time = try given(GivenTime(time))
    add(.delivered(CaseEvent.Delivery(feedback: "f", channel: "web")), at: time)
    add(.closed(CaseEvent.Closed(outcome: .answered)), at: time)
  }

  /// Some cases in every phase; 27 records.
  package static func sample() throws -> [Story] {
    try (1...4).map { number in
      var story = try Story("case-\(number)", due: "2026-10-\(10 + number)")
      try story.assign()
      if number < 3 { story.becomeOverdue() }
      if number > 1 { try story.reply(at: "2026-10-13T09:00:00+08:00", overdue: number < 3) }
      if number == 4 { try story.close(at: "2026-10-13T10:00:00+08:00") }
      return story
    }
  }
}

extension Chunk {
  /// These records, one after the other in one partition.
  package init(_ records: [Record], from first: Offset = 0) {
    let partition = TopicPartition("cases", 0)
    self.init(
      records: records.enumerated().map { index, record in
        StoredRecord(
          partition: partition, offset: first + Offset(index), timestamp: Instant(milliseconds: 0), record: record)
      },
      positions: [partition: first + Offset(records.count)])
  }
}

extension ReadModel {
  /// All that the model says of these cases.
  package func histories(of stories: [Story]) throws -> [CaseHistory?] {
    try stories.map { try history(of: $0.id) }
  }

  package static func inMemory() throws -> ReadModel {
    let model = try ReadModel(path: ":memory:")
    _ = try model.prepare(for: "one")
    return model
  }
}

/// A folder that goes with the test.
package final class TemporaryFolder {
  private let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("huiyin-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

package func moment(_ text: String) throws -> Instant {
  try given(Instant(rfc3339: text))
}

/// Of what a test has written itself.
package struct Unreadable: Error {}

package func given<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Unreadable() }
  return value
}
