package import Cases
import EventLog
import Foundation
import GRDB
import Streams
package import Time

/// One entry of a case's history.
package struct RecordedEvent: Hashable, Sendable {
  package let id: CaseID
  package let sequence: Int
  package let type: String
  package let time: GivenTime?
  package let data: [UInt8]?
  /// The `ce_id` of the command that led to it (`ce_causationid`); `nil` where none did, and for events of earlier
  /// versions.
  package let cause: String?
  /// `nil` for a type, or data, of a form that isn't known here, as of a newer release.
  package let event: CaseEvent?
  /// Why ``event`` is missing.
  let unreadable: String?

  /// So many that a case and a sequence make one number; see ``place(in:)``.
  private static let sequences = 1 << 20

  init(id: CaseID, sequence: Int, type: String, time: GivenTime?, data: [UInt8]?, cause: String?) {
    self.id = id
    self.sequence = sequence
    self.type = type
    self.time = time
    self.data = data
    self.cause = cause
    do throws(Malformed) {
      event = try CaseEvent(type: type, data: data)
      unreadable = nil
    } catch {
      event = nil
      unreadable = error.reason
    }
  }

  /// - Throws: ``Rejection`` for a record that can't be placed in any case.
  init(_ stored: StoredRecord) throws(Rejection) {
    let envelope = try CloudEvent(stored.record)
    guard let subject = envelope.subject, let id = CaseID(subject) else {
      throw Rejection("header ce_subject is not a case id")
    }
    guard let text = envelope.extensions["sequence"], let sequence = Int(text),
      (1..<Self.sequences).contains(sequence)
    else { throw Rejection("header ce_sequence is not a whole number from 1 to \(Self.sequences - 1)") }
    self.init(
      id: id, sequence: sequence, type: envelope.type, time: envelope.time, data: envelope.data,
      cause: envelope.extensions["causationid"])
  }

  /// Its number in the table of all events, where those of a case stand in order.
  /// - Parameter key: the case's; see ``ReadModelSchema``.
  func place(in key: Int64) -> Int64 { key * Int64(Self.sequences) + Int64(sequence) }

  /// In the order of their sequence.
  static func all(of id: CaseID, _ key: Int64, in db: Database) throws -> [RecordedEvent] {
    let statement = try db.cachedStatement(
      sql: "SELECT place, type, time, cause, data FROM events WHERE place BETWEEN ? AND ? ORDER BY place")
    let first = key * Int64(sequences)
    return try Row.fetchAll(statement, arguments: [first, first + Int64(sequences) - 1]).map { row in
      let (place, time, data): (Int64, String?, Data?) = (row["place"], row["time"], row["data"])
      return RecordedEvent(
        id: id, sequence: Int(place - first), type: row["type"], time: time.flatMap { GivenTime($0) },
        data: data.map { Array($0) }, cause: row["cause"])
    }
  }
}
