import Cases
import EventLog
import Streams
import Time

/// What `track` keeps of a case: just what the next command or timer is judged by.
package struct CaseState: StoredState, Codable, Hashable {
  /// The `ce_sequence` of the case's last event; 0 before it is opened.
  var sequence = 0
  /// Digests of the opinions and commands that have been taken in, so that one sent again changes nothing.
  var seen: [UInt64] = []
  /// The commands that wait for the case to be opened.
  var waiting: [Waiting] = []
  var opened: Opened?

  struct Waiting: Codable, Hashable {
    var digest: UInt64
    var offset: Offset
  }

  /// Which of the policy's terms its deadline is.
  enum Basis: String, Codable { case reply, carried, suggestion, followUp }

  /// What has moved its deadline since the term began.
  enum Shift: Codable, Hashable {
    case extended(workingDays: Int)
    case paused(from: Instant, to: Instant)
  }

  struct Opened: Codable, Hashable {
    var stage = CaseStage.assigned
    /// The stage that it goes back to once it is no longer merged.
    var aside: CaseStage?
    var received: GivenTime
    /// `nil` for no, in all of these.
    var historic, urgent, erased: Bool?
    var category: String?

    // Who acts
    /// Who answers for it (首接负责).
    var owner: Owner
    /// Whom it is offered to, who hasn't signed yet.
    var offered: Owner?
    /// How often it has been offered: the generation of the time for signing.
    var offers = 1
    /// When it was offered last.
    var offeredAt: Instant?
    var supervisor: String?
    /// Ids of all who have been asked, and of those who may come next.
    var tried: [String] = []
    var next: [String]?
    var returns: Int?
    /// The `ce_id` of the event that asks for another owner, until there is one.
    var asked: String?
    /// Those by which the running term is counted: the ones of whoever had it when the term began.
    var closedDays: [CalendarDate]?
    /// Those of whom it was offered to last: for signing, and for the next term that begins.
    var offeredClosedDays: [CalendarDate]?

    // Dates
    var deadline: CaseEvent.ReplyDeadline
    var basis: Basis?
    var shifts: [Shift]?
    /// When the running term began.
    var since: Instant
    /// What will be said when, unless something happens before.
    var pending: [CaseLife.TimerKind: Instant] = [:]
    var saidOverdue = false
    /// Working days that were asked for.
    var extensionAsked: Int?
    var extensions: Int?
    var pausedAt: Instant?
    /// When it goes on without being asked to.
    var pausedUntil: Instant?
    var reopened: Int?
    /// The leader of the 重点督办 that it is, or is to be.
    var keyLeader: String?
    /// The `ce_id` of the event that asked for that.
    var keyAsked: String?
    var isKey: Bool?

    // Answers
    /// The reply made first since it was opened, or reopened, by its own time.
    var replied: GivenTime?
    /// The `ce_id`s of the feedback records with answers of which nobody has said yet whether they arrived.
    var answers: [String] = []
    /// The same, of answers from before it was reopened: whether they arrive decides nothing any more.
    var oldAnswers: [String]?
    /// The `ce_id`s of those that have arrived, or are known not to.
    var settled: [String] = []
    /// Those of the present round that were given up.
    var lost: [String]?
    /// An answer has arrived since it was opened, or reopened.
    var arrived: Bool?
    /// There is a reply that has not been rated; that has been.
    var unrated, rated: Bool?

    // Other cases
    var mergedInto: CaseID?
    /// Its latest answer is that of the case that led.
    var sharedAnswer: Bool?
    var members: [CaseID]?
    /// The cases that it has been told are similar; `nil` for none.
    var similar: [CaseID]?
  }

  package init() {}

  mutating func keep(_ turn: CaseTurn) {
    sequence = turn.sequence
    opened = turn.opened
  }

  package init(stored bytes: [UInt8]) throws {
    self = try JSONData.decode(Self.self, from: bytes)
  }

  package func stored() throws -> [UInt8] {
    JSONData.encode(self)
  }
}
