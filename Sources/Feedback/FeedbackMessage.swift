import Cases
import Time

/// The data of all records of `feedback`: something to be told. Names no citizen: how to reach them is in `citizens`, under
/// the same key.
struct FeedbackMessage: Codable, Hashable {
  /// What carriers of old versions knew a notice by.
  enum What: String, Codable { case assigned, reminder, overdue }

  enum Kind: String, Codable {
    case answer, notice, rating

    var type: String {
      switch self {
      case .answer: EventTypes.answer
      case .notice: EventTypes.notice
      case .rating: EventTypes.ratingRequest
      }
    }
  }

  var kind: Kind
  /// The word of the event that this tells of, such as `replied`.
  var of: String
  /// The `ce_id` of that event.
  var event: String
  var to: Recipient
  /// The office that is told; none where the citizen is.
  var owner: Owner?
  var channel: String
  /// As it is to be said.
  var text: String
  var language: String
  /// Where the citizen is told: by which people call the case.
  var number: String?
  /// Not to be sent before.
  var notBefore: GivenTime?
  /// Not to be sent from then on; of an answer of which nobody has said by then whether it arrived, the next channel is
  /// tried.
  var expires: GivenTime?
  /// Channels that may follow, in order.
  var fallback: [String]?
  /// Of an answer: what its carrier names in `record-delivery`, the same over whichever channel.
  var answer: String?
  /// 1 for an answer's first channel.
  var attempt: Int?
  /// Of an answer: who gave it, and how.
  var by: String?
  var method: CaseCommand.Reply.Method?
  /// Of a notice: the last day for the reply.
  var due: CalendarDate?
  var what: What?
  /// The version of the rules of feedback.
  var rules: String
}
