import Cases
import EventLog
import Feedback
import Streams
import Testing
import Time

/// What feedback really makes of a case that every office has to do with: told of over a channel, over the next one after
/// that failed, and asked about once it arrived.
enum FeedbackRecords {
  static func all(of submission: Submission, _ deadline: CaseEvent.ReplyDeadline) throws -> [Record] {
    let processor = FeedbackProcessor(rules: try .shipped(), link: { "https://huiyin.example/c/\($0)" })
    let caseID = try #require(CaseID("c"))
    let time = submission.received
    var said = submission
    said.historic = false
    said.statement.scan = Scan(standing: .valid, kind: .deputy, holder: "d-3")
    let assignment = Assignment(
      owner: Owner(id: "s-1", kind: .station, name: "安溪联络站"), reason: "扫码", directory: "d-1",
      supervisor: Owner(id: "s-2", kind: .station, name: "柳河联络站"),
      attendant: Owner(id: "d-9", kind: .deputy, name: "李代表"))
    let reply = CaseCommand.Reply(by: "李工", method: .writing, text: "修好了")
    let missed = CaseEvent.DeadlineEvent(due: deadline.due, generation: 1, firedAt: time, lateBy: 5)
    let story: [CaseEvent] = [
      .opened(.init(submission: said, deadline: deadline, number: "20260924-7K3M-9Q2X")), .assigned(assignment),
      .reminded(missed), .overdue(missed), .deadlineChanged(.init(from: deadline, to: deadline)),
      .replied(.init(reply: reply, at: time, recorded: nil, historic: false, workingDays: 3, overdue: false)),
      .undelivered(.init(feedback: "c.6.0", channel: "wechat", reason: "45015", final: false)),
      .delivered(.init(feedback: "c.6.0", channel: "wechat-subscription")),
      .refused(.init(refusal: .init(by: "李工", reason: "诉讼中"), at: time, workingDays: 3, overdue: false)),
    ]
    var state: FeedbackProcessor.State?
    var records: [Record] = []
    for (index, event) in story.enumerated() {
      let input = FeedbackProcessor.Input(caseID: caseID, id: "c.\(index + 1)", time: time, event: event)
      for case .emit(Topics.feedback, let record) in try processor.process(input, state: &state, at: time.instant) {
        records.append(record)
      }
    }
    #expect(records.contains { String(decoding: $0.value ?? [], as: UTF8.self).contains(#""attempt":2"#) })
    return records
  }
}
