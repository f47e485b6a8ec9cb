import Cases
import EventLog
import Foundation
import GRDB
import Streams
import Time

/// Folds records of `cases` into the read model, within one transaction.
///
/// An event's place in its case is its `ce_sequence`: one that is there already is passed over. One that comes out of
/// its turn has the whole case folded anew, so a case is always the fold of the events that are there, in their order.
struct CaseFold {
  private(set) var applied = ReadModel.Applied()
  private let db: Database
  /// The cases that this transaction has touched; `nil` for one that has no `opened` yet.
  private var touched: [CaseID: CaseSummary?] = [:]

  init(_ db: Database) {
    self.db = db
  }

  mutating func take(_ stored: StoredRecord) throws {
    if stored.partition.topic == Topics.citizens { return try takeCitizen(stored) }
    let event: RecordedEvent
    do throws(Rejection) {
      event = try RecordedEvent(stored)
    } catch {
      try note(error.reason, of: stored)
      return
    }
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO events (case_id, sequence, type, time, data) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [event.id.text, event.sequence, event.type, event.time?.text, event.data.map { Data($0) }])
    guard db.changesCount > 0 else {
      applied.repeated += 1
      return
    }
    if let reason = event.unreadable { try note(reason, of: stored) } else { applied.folded += 1 }
    var summary = try summary(of: event.id)
    let expected = (summary?.events ?? 0) + 1
    if event.sequence > expected { applied.gaps += 1 }
    if summary != nil, event.sequence == expected {
      Self.fold(event, into: &summary)
    } else {
      summary = nil
      for earlier in try RecordedEvent.all(of: event.id, in: db) { Self.fold(earlier, into: &summary) }
    }
    touched[event.id] = summary
  }

  /// Whose case it is: only a digest of the id is kept, and nothing else of the person.
  private mutating func takeCitizen(_ stored: StoredRecord) throws {
    guard let key = stored.record.key.flatMap({ String(validating: $0, as: UTF8.self) }) else {
      return try note("a citizen's record without a case id as its key", of: stored)
    }
    let event: CloudEvent?
    let citizen: Citizen?
    do {
      event = stored.record.value == nil ? nil : try CloudEvent(stored.record)
      citizen = try event.map { try JSONData.decode(Citizen.self, from: $0.data) }
    } catch let error as Rejection {
      return try note(error.reason, of: stored)
    } catch let error as Malformed {
      return try note(error.reason, of: stored)
    }
    if let id = citizen?.id {
      try db.cachedStatement(
        sql:
          "INSERT INTO citizens (citizen, case_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET citizen = excluded.citizen"
      ).execute(arguments: [Citizen.digest(ofID: id), key])
    } else {
      try db.cachedStatement(sql: "DELETE FROM citizens WHERE case_id = ?").execute(arguments: [key])
    }
    applied.folded += 1
  }

  /// Writes the cases that were touched.
  func store() throws {
    for case let summary? in touched.values {
      try db.cachedStatement(
        sql: """
          INSERT INTO cases
            (id, phase, overdue, expires, due, provisional, received, received_at, category, subcategory, owner, review,
             summary)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET phase = excluded.phase, overdue = excluded.overdue, expires = excluded.expires,
            due = excluded.due, provisional = excluded.provisional, received = excluded.received,
            received_at = excluded.received_at, category = excluded.category, subcategory = excluded.subcategory,
            owner = excluded.owner, review = excluded.review, summary = excluded.summary
          """
      ).execute(
        arguments: [
          summary.id.text, summary.phase.rawValue, summary.overdue, summary.deadline.expires.instant.milliseconds,
          summary.deadline.due.description, summary.deadline.provisional, summary.submission.received.text,
          summary.submission.received.instant.milliseconds, summary.category, summary.subcategory,
          summary.owner.map { Data(JSONData.encode($0)) }, summary.doubt != nil && summary.phase == .open,
          Data(JSONData.encode(summary)),
        ])
    }
  }

  private static func fold(_ event: RecordedEvent, into summary: inout CaseSummary?) {
    if let known = event.event {
      if summary == nil {
        summary = CaseSummary(id: event.id, first: known)
      } else {
        summary?.fold(known, at: event.time)
      }
    }
    summary?.events = event.sequence
  }

  private func summary(of id: CaseID) throws -> CaseSummary? {
    if let known = touched[id] { return known }
    let statement = try db.cachedStatement(sql: "SELECT summary FROM cases WHERE id = ?")
    let stored = try Data.fetchOne(statement, arguments: [id.text])
    return try stored.map { try JSONData.decode(CaseSummary.self, from: Array($0)) }
  }

  private mutating func note(_ reason: String, of stored: StoredRecord) throws {
    applied.undecodable += 1
    try db.execute(
      sql: "INSERT OR REPLACE INTO undecodable (topic, partition, position, reason) VALUES (?, ?, ?, ?)",
      arguments: [stored.partition.topic, stored.partition.partition, stored.offset, reason])
  }
}
