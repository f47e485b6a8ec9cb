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
  private final class Touched {
    let key: Int64
    /// What the tables and the tallies say of it; `nil` for one that has no `opened` yet.
    let before: CaseFacts?
    var now: CaseFacts?

    init(key: Int64, facts: CaseFacts?) {
      self.key = key
      before = facts
      now = facts
    }
  }

  private let folding: Folding
  private var db: Database { folding.db }
  private var touched: [CaseID: Touched] = [:]
  private var owners = OwnerNames()

  init(_ folding: Folding) {
    self.folding = folding
  }

  mutating func take(_ stored: StoredRecord, _ read: Result<RecordedEvent, Rejection>) throws {
    let event: RecordedEvent
    switch read {
    case .success(let read): event = read
    case .failure(let rejection): return try folding.note(rejection.reason, of: stored)
    }
    let (key, isNew) = try folding.key(of: event.id)
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO events (place, type, time, cause, data) VALUES (?, ?, ?, ?, ?)"
    ).execute(
      arguments: [
        event.place(in: key), event.type, event.time?.text, event.cause, event.data.map { Data($0) },
      ])
    guard db.changesCount > 0 else {
      folding.applied.repeated += 1
      return
    }
    if let reason = event.unreadable { try folding.note(reason, of: stored) } else { folding.applied.folded += 1 }
    owners.take(event)
    let known = try touched[event.id] ?? (isNew ? Touched(key: key, facts: nil) : load(event.id, key))
    let expected = (known.now?.summary.events ?? 0) + 1
    if event.sequence > expected { folding.applied.gaps += 1 }
    if known.now != nil, event.sequence == expected {
      known.now?.fold(event)
    } else if isNew, event.sequence == 1 {
      known.now = CaseFacts(first: event)
    } else {
      known.now = nil
      for earlier in try RecordedEvent.all(of: event.id, key, in: db) {
        if known.now == nil { known.now = CaseFacts(first: earlier) } else { known.now?.fold(earlier) }
      }
    }
    touched[event.id] = known
  }

  /// Writes the cases that were touched, and what they change in the tallies.
  func store() throws {
    var tallies = Tallies()
    for known in touched.values.sorted(by: { $0.key < $1.key }) {
      guard let now = known.now, now != known.before else { continue }
      try store(now, known.key)
      let row = CaseRow(now.summary)
      let share = CaseShare(now, row)
      let before = known.before.map { before in
        let row = CaseRow(before.summary)
        return (row: row, share: CaseShare(before, row))
      }
      if before?.row != row { try row.store(known.key, in: db) }
      if before?.row != row || before?.share.holders != share.holders {
        for holder in (before?.share.holders ?? []).subtracting(share.holders) {
          try db.cachedStatement(sql: "DELETE FROM held WHERE key = ? AND holder = ?")
            .execute(arguments: [known.key, holder])
        }
        for holder in share.holders.sorted() { try row.store(known.key, heldBy: holder, in: db) }
      }
      if before?.share != share {
        if let before { tallies.add(before.share, -1) }
        tallies.add(share, 1)
      }
      try CaseDuty.Rows(now.summary).store(
        known.key, insteadOf: known.before.map { CaseDuty.Rows($0.summary) }, in: db)
      if known.before == nil {
        try db.cachedStatement(sql: "DELETE FROM arriving WHERE key = ?").execute(arguments: [known.key])
      }
      if now.summary.isErased, known.before?.summary.isErased != true {
        try db.cachedStatement(sql: "DELETE FROM contacts WHERE key = ?").execute(arguments: [known.key])
      }
    }
    try tallies.store(in: db)
    try owners.store(in: db)
  }

  private func store(_ facts: CaseFacts, _ key: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO summaries (key, last_event, last_time, answer, undelivered, erased, summary)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        key, facts.lastEvent, facts.lastTime?.text, facts.answer, facts.undelivered, facts.summary.isErased,
        Data(JSONData.encode(facts.summary)),
      ])
  }

  private func load(_ id: CaseID, _ key: Int64) throws -> Touched {
    let statement = try db.cachedStatement(
      sql: "SELECT last_event, last_time, answer, undelivered, summary FROM summaries WHERE key = ?")
    let facts = try Row.fetchOne(statement, arguments: [key]).map { row in
      let time: String? = row["last_time"]
      let summary: Data = row["summary"]
      return CaseFacts(
        summary: try JSONData.decode(CaseSummary.self, from: Array(summary)), lastEvent: row["last_event"],
        lastTime: time.flatMap { GivenTime($0) }, answer: row["answer"], undelivered: row["undelivered"])
    }
    return Touched(key: key, facts: facts)
  }
}
