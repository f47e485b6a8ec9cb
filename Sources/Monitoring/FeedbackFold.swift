import Cases
import EventLog
import Foundation
import GRDB
import Streams
import Time

/// Folds records of `feedback`: what was said to whom, over which channel. What became of it stands in the case's events.
struct FeedbackFold {
  private let folding: Folding
  private var db: Database { folding.db }

  init(_ folding: Folding) {
    self.folding = folding
  }

  func take(_ stored: StoredRecord) throws {
    guard stored.record.value != nil else { return }
    let envelope: (event: CloudEvent, key: String)
    do throws(Rejection) {
      envelope = try CloudEvent.keyed(stored)
    } catch {
      return try folding.note(error.reason, of: stored)
    }
    guard let id = CaseID(envelope.key) else {
      return try folding.note("the record's key is not a case id", of: stored)
    }
    let message: ToldMessage
    do throws(Malformed) {
      message = try JSONData.decode(ToldMessage.self, from: envelope.event.data)
    } catch {
      return try folding.note(error.reason, of: stored)
    }
    folding.applied.folded += 1
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO told (key, id, time, message) VALUES (?, ?, ?, ?)").execute(
      arguments: [
        folding.key(of: id).key, envelope.event.id, envelope.event.time?.text, Data(JSONData.encode(message)),
      ])
  }
}
