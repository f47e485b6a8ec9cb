import GRDB
import Time

extension ReadModel {
  /// Those that wait for somebody to retry or drop them, as `huiyin dead-letters list` tells it.
  /// - Parameter after: ``DeadLetterListing/next`` of the part before.
  package func deadLetters(after: String?, limit: Int) throws(Failure) -> DeadLetterListing {
    let limit = min(max(limit, 1), 1000)
    return try read { db in
      var listing = DeadLetterListing()
      let number = try db.cachedStatement(sql: "SELECT count(*) FROM letters WHERE waiting = 1")
      listing.waiting = try Int.fetchOne(number) ?? 0
      var place: (failed: Int64, id: String) = (.min, "")
      if let after {
        let parts = after.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, let failed = Int64(parts[0]) else {
          listing.isCursorUnknown = true
          return listing
        }
        place = (failed, String(parts[1]))
      }
      let statement = try db.cachedStatement(sql: DeadLetterLine.listQuery)
      let found = try Row.fetchAll(statement, arguments: [place.failed, place.id, limit + 1])
        .map { row throws in try DeadLetterLine(row) }
      listing.letters = Array(found.prefix(limit))
      if found.count > limit, let last = listing.letters.last {
        listing.next = "\(last.failed.milliseconds)@\(last.id)"
      }
      return listing
    }
  }

  /// - Parameter id: as `topic/partition/offset`.
  /// - Returns: also one that was retried or dropped.
  package func deadLetter(_ id: String) throws(Failure) -> DeadLetterLine? {
    try read { db in
      try Row.fetchOne(db.cachedStatement(sql: DeadLetterLine.query), arguments: [id])
        .map { row throws in try DeadLetterLine(row) }
    }
  }

  /// How many keys stand still: each waits for one dead letter.
  package func parkedKeys() throws(Failure) -> Int {
    try read { db in
      let statement = try db.cachedStatement(sql: "SELECT count(*) FROM letters WHERE waiting = 1 AND parked = 1")
      return try Int.fetchOne(statement) ?? 0
    }
  }
}
