import Cases
import EventLog
import Foundation
import GRDB
import Streams

/// Folds records of `citizens`: whose case it is, by a digest, and how to reach them, which is kept for those alone who
/// are shown it, and goes when the citizen is to be forgotten.
struct CitizenFold {
  private let folding: Folding
  private var db: Database { folding.db }
  private var contacts: Set<Int64> = []

  init(_ folding: Folding) {
    self.folding = folding
  }

  mutating func take(_ stored: StoredRecord) throws {
    guard let key = stored.record.key.flatMap({ String(validating: $0, as: UTF8.self) }) else {
      return try folding.note("a citizen's record without a case id as its key", of: stored)
    }
    let data: [UInt8]?
    let citizen: Citizen?
    do {
      data = stored.record.value == nil ? nil : try CloudEvent(stored.record).data
      citizen = stored.record.value == nil ? nil : try JSONData.decode(Citizen.self, from: data)
    } catch let error as Rejection {
      return try folding.note(error.reason, of: stored)
    } catch let error as Malformed {
      return try folding.note(error.reason, of: stored)
    }
    if let id = citizen?.id {
      try db.cachedStatement(
        sql:
          "INSERT INTO citizens (citizen, case_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET citizen = excluded.citizen"
      ).execute(arguments: [Citizen.digest(ofID: id), key])
    } else {
      try db.cachedStatement(sql: "DELETE FROM citizens WHERE case_id = ?").execute(arguments: [key])
    }
    if let id = CaseID(key) {
      let key = try folding.key(of: id).key
      if let citizen, citizen.isKnown {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO contacts (key, citizen) VALUES (?, ?)")
          .execute(arguments: [key, Data(JSONData.encode(citizen))])
        contacts.insert(key)
      } else {
        try db.cachedStatement(sql: "DELETE FROM contacts WHERE key = ?").execute(arguments: [key])
      }
    }
    folding.applied.folded += 1
  }

  /// To be called once the cases of the transaction are stored: of a citizen who is to be forgotten nothing stays.
  func store() throws {
    for key in contacts {
      try db.cachedStatement(
        sql: """
          DELETE FROM contacts WHERE key = ? AND EXISTS (SELECT 1 FROM summaries WHERE key = contacts.key AND erased = 1)
          """
      ).execute(arguments: [key])
    }
  }
}
