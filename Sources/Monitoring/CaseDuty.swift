import Cases
import GRDB
package import Time

/// What somebody above is to decide on, or see to, in a case.
package enum CaseDuty: Int, Hashable, Sendable, CaseIterable {
  /// More time has been asked for, and nobody has decided.
  case extensionRequest = 1
  /// 重点督办, and no answer yet.
  case keySupervision
  /// 回头看 is due.
  case review

  /// Those of a case as it stands.
  static func all(of summary: CaseSummary) -> [CaseDuty] {
    allCases.filter { duty in
      switch duty {
      case .extensionRequest: summary.phase == .open && summary.extensionRequested != nil
      case .keySupervision: summary.phase == .open && summary.keySupervision != nil
      case .review: summary.phase == .closed && summary.reviewDue
      }
    }
  }

  /// Rows of `duties`: `holder` is the station that watches over the case, or empty.
  struct Rows: Hashable {
    let duties: [CaseDuty]
    let holder: String
    let expires: Int64
    let id: String

    init(_ summary: CaseSummary) {
      duties = CaseDuty.all(of: summary)
      holder = summary.supervisor?.id ?? ""
      expires = summary.deadline.expires.instant.milliseconds
      id = summary.id.text
    }

    /// - Parameter before: what was stored of the same case; `nil` for nothing.
    func store(_ key: Int64, insteadOf before: Rows?, in db: Database) throws {
      if let before, before == self || before.duties.isEmpty && duties.isEmpty { return }
      if before == nil, duties.isEmpty { return }
      try db.cachedStatement(sql: "DELETE FROM duties WHERE key = ?").execute(arguments: [key])
      for duty in duties {
        try db.cachedStatement(sql: "INSERT INTO duties (key, duty, holder, expires, id) VALUES (?, ?, ?, ?, ?)")
          .execute(arguments: [key, duty.rawValue, holder, expires, id])
      }
    }
  }
}

extension ReadModel {
  /// The cases of which that is to be seen to, the deadline that ends first in front, and how many there are.
  /// - Parameter scope: a holder has the duties of what it watches over.
  package func cases(
    with duty: CaseDuty, in scope: CaseScope, limit: Int, at now: Instant
  ) throws(Failure) -> (lines: [CaseLine], total: Int) {
    try read { db in
      let keys: [Int64]
      let total: Int?
      switch scope {
      case .all:
        keys = try Int64.fetchAll(
          db.cachedStatement(sql: Self.dutiesQuery), arguments: [duty.rawValue, limit])
        total = try Int.fetchOne(
          db.cachedStatement(sql: "SELECT count(*) FROM duties WHERE duty = ?"), arguments: [duty.rawValue])
      case .held(let holder):
        keys = try Int64.fetchAll(
          db.cachedStatement(sql: Self.heldDutiesQuery), arguments: [duty.rawValue, holder, limit])
        total = try Int.fetchOne(
          db.cachedStatement(sql: "SELECT count(*) FROM duties WHERE duty = ? AND holder = ?"),
          arguments: [duty.rawValue, holder])
      }
      return (try CaseLine.all(keys, at: now, in: db), total ?? 0)
    }
  }

  /// Arguments: the duty, and the limit.
  package static let dutiesQuery = "SELECT key FROM duties WHERE duty = ? ORDER BY expires, id LIMIT ?"
  /// Arguments: the duty, the station that watches over them, and the limit.
  package static let heldDutiesQuery =
    "SELECT key FROM duties WHERE duty = ? AND holder = ? ORDER BY expires, id LIMIT ?"
}
