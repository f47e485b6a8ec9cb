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
  /// `nil` for a type, or data, of a form that isn't known here, as of a newer release.
  package let event: CaseEvent?
  /// Why ``event`` is missing.
  let unreadable: String?

  init(id: CaseID, sequence: Int, type: String, time: GivenTime?, data: [UInt8]?) {
    self.id = id
    self.sequence = sequence
    self.type = type
    self.time = time
    self.data = data
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
    guard let text = envelope.extensions["sequence"], let sequence = Int(text), sequence > 0 else {
      throw Rejection("header ce_sequence is not a whole number from 1 on")
    }
    self.init(id: id, sequence: sequence, type: envelope.type, time: envelope.time, data: envelope.data)
  }

  /// In the order of their sequence.
  static func all(of id: CaseID, in db: Database) throws -> [RecordedEvent] {
    let statement = try db.cachedStatement(
      sql: "SELECT sequence, type, time, data FROM events WHERE case_id = ? ORDER BY sequence")
    return try Row.fetchAll(statement, arguments: [id.text]).map { row in
      let time: String? = row["time"]
      let data: Data? = row["data"]
      return RecordedEvent(
        id: id, sequence: row["sequence"], type: row["type"], time: time.flatMap { GivenTime($0) },
        data: data.map { Array($0) })
    }
  }
}
