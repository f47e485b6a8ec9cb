import Cases
import Time

/// The data of `cn.huiyin.feedback.answer.v1`: the reply, for the citizen. Whom to reach and how is in `citizens`, under
/// the same key.
struct Answer: Codable, Hashable {
  var channel: String
  /// The `ce_id` of the event that this tells of.
  var event: String
  var by: String
  var method: CaseCommand.Reply.Method
  var text: String
}

/// The data of `cn.huiyin.feedback.notice.v1`: something that a case's owner should know.
struct Notice: Codable, Hashable {
  enum What: String, Codable { case assigned, reminder, overdue }

  var owner: Owner?
  var what: What
  /// The `ce_id` of the event that this tells of.
  var event: String
  /// The last day for the reply.
  var due: CalendarDate?
}
