import Cases
import EventLog
import Foundation
import GRDB
import Streams

import struct EventLog.Record

/// Folds records of `directory`: who there is, for filters and names. Only what is whole counts, so the middle of a change
/// shows nobody.
struct DirectoryFold {
  private let folding: Folding
  private var db: Database { folding.db }
  private var isTouched = false

  init(_ folding: Folding) {
    self.folding = folding
  }

  mutating func take(_ stored: StoredRecord) throws {
    // A record without a key says nothing that could be replaced.
    guard let key = stored.record.key else { return }
    isTouched = true
    folding.applied.folded += 1
    guard let value = stored.record.value else {
      return try db.cachedStatement(sql: "DELETE FROM directory WHERE name = ?").execute(arguments: [Data(key)])
    }
    let whole = stored.record.header(Broadcast.wholeHeader).map { String(decoding: $0, as: UTF8.self) }
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO directory (name, value, whole) VALUES (?, ?, ?)")
      .execute(arguments: [Data(key), Data(value), whole])
  }

  func store() throws {
    guard isTouched, let directory = try directory() else { return }
    try db.execute(sql: "DELETE FROM holders")
    let stations = directory.stations.map { ($0.owner, $0.parent) }
    let departments = directory.departments.map { ($0.owner, String?.none) }
    let deputies = directory.deputies.map { ($0.owner, String?.some($0.station)) }
    for (place, (owner, station)) in (stations + departments + deputies).enumerated() {
      try db.cachedStatement(sql: "INSERT INTO holders (place, id, kind, name, station) VALUES (?, ?, ?, ?, ?)")
        .execute(arguments: [place, owner.id, OwnerColumns.place(of: owner.kind), owner.name, station])
    }
  }

  /// `nil` in the middle of a change, and where what is there is none.
  private func directory() throws -> Directory? {
    var table = BroadcastTable()
    for row in try Row.fetchAll(db, sql: "SELECT name, value, whole FROM directory") {
      let (name, value): (Data, Data) = (row["name"], row["value"])
      let whole: String? = row["whole"]
      table.take(
        Record(
          key: Array(name), value: Array(value), headers: whole.map { [Header(Broadcast.wholeHeader, $0)] } ?? []))
    }
    guard table.isWhole else { return nil }
    return try? Directory(records: table.entries.values)
  }
}
