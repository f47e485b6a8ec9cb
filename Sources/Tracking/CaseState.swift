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

  struct Opened: Codable, Hashable {
    var received: GivenTime
    var deadline: CaseEvent.ReplyDeadline
    var phase: CaseSummary.Phase = .open
    /// Shows signs of urgency; `nil` for no.
    var urgent: Bool?
    /// When the reminder is due; `nil` once it has been said or there is none.
    var reminder: Instant?
    var saidOverdue = false
    /// The reply made first, by its own time.
    var replied: GivenTime?
    /// The `ce_id`s of the feedback records with answers of which nobody has said yet whether they arrived.
    var answers: [String] = []
    /// The `ce_id`s of those that have arrived, or are known not to.
    var settled: [String] = []
    /// There is a reply that has not been rated; `nil` for no.
    var unrated: Bool?
    /// The cases that it has been told are similar; `nil` for none.
    var similar: [CaseID]?
  }

  package init() {}

  package init(stored bytes: [UInt8]) throws {
    self = try JSONData.decode(Self.self, from: bytes)
  }

  package func stored() throws -> [UInt8] {
    JSONData.encode(self)
  }
}
