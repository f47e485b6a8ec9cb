import Cases
import EventLog
import FoundationEssentials
import GRDB
import Streams

// Where citizens are reached, as `citizens` says it.
extension DeliveryStore {
  /// Takes in a chunk of `citizens`, and how far it goes. Whoever is forgotten there is so here, and with them what was to
  /// be sent to them.
  /// - Returns: how many records of it could not be read.
  func note(_ chunk: Chunk) throws(Failure) -> Int {
    try Self.run {
      try database.write { db in
        var unreadable = 0
        for stored in chunk.records where !stored.record.isControl {
          guard let key = stored.record.key.flatMap({ String(validating: $0, as: UTF8.self) }) else {
            unreadable += 1
            continue
          }
          guard stored.record.value != nil else {
            try Self.forget(key, in: db)
            try db.cachedStatement(
              sql: "DELETE FROM deliveries WHERE case_id = ? AND due IS NOT NULL AND form IS NOT NULL"
            )
            .execute(arguments: [key])
            continue
          }
          guard let event = try? CloudEvent(stored.record),
            let citizen = try? JSONData.decode(Citizen.self, from: event.data)
          else {
            unreadable += 1
            continue
          }
          guard let chat = citizen.id.flatMap({ ChatID(citizen: $0) }) else {
            try Self.forget(key, in: db)
            continue
          }
          try db.cachedStatement(
            sql: """
              INSERT INTO addresses (case_id, account, openid, subscription) VALUES (?, ?, ?, ?)
              ON CONFLICT DO UPDATE SET account = excluded.account, openid = excluded.openid,
                subscription = excluded.subscription
              """
          ).execute(
            arguments: [
              key, chat.account, chat.openid, citizen.subscription.map { Data(JSONData.encode($0)) },
            ])
        }
        for (partition, position) in chunk.positions {
          try db.cachedStatement(
            sql: """
              INSERT INTO positions (partition, position) VALUES (?, ?)
              ON CONFLICT DO UPDATE SET position = excluded.position
              """
          ).execute(arguments: [partition.partition, position])
        }
        return unreadable
      }
    }
  }

  private static func forget(_ key: String, in db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM addresses WHERE case_id = ?").execute(arguments: [key])
  }
}
