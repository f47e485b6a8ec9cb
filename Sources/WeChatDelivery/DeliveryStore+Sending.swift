import Cases
import FoundationEssentials
import GRDB
import Time

// What the carrier asks for and says.
extension DeliveryStore {
  /// A delivery that is to be cared for now.
  struct Waiting: Hashable, Sendable {
    enum Step: Hashable, Sendable {
      case send(Delivery)
      /// It is over; track doesn't know it yet.
      case report(Report)
      /// Another version wrote it, in a form that this one doesn't know.
      case unreadable
    }

    let id: String
    let caseID: CaseID
    let account: String
    let step: Step
    /// `nil` where it isn't known any more.
    let address: Address?
    /// In a row.
    let failures: Int
    /// Answers of WeChat's that nobody knows.
    let unknown: Int

    var isToBeSent: Bool { if case .send = step { true } else { false } }
  }

  struct Standing: Hashable, Sendable {
    var waiting = 0
    /// When that was first due which waits the longest; `nil` if nothing is due.
    var oldest: Instant?
  }

  /// The first that are due, in that order: to be sent by one of these accounts, or to be told to track.
  func due(
    at now: Instant, limit: Int, accounts: Set<String>, exceptCases cases: Set<String>
  ) async throws(Failure) -> [Waiting] {
    try await Self.run { [database] in
      try await database.read { db in
        let sql = """
          SELECT deliveries.*, addresses.account AS chat, addresses.openid, addresses.subscription
          FROM deliveries LEFT JOIN addresses USING (case_id)
          WHERE due <= ?
            AND (form IS NULL OR deliveries.account IN (\(databaseQuestionMarks(count: accounts.count))))
            AND case_id NOT IN (\(databaseQuestionMarks(count: cases.count)))
          ORDER BY due, deliveries.rowid LIMIT ?
          """
        var arguments: StatementArguments = [now.milliseconds]
        arguments += StatementArguments(accounts.sorted())
        arguments += StatementArguments(cases.sorted())
        arguments += [limit]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap(Self.waiting)
      }
    }
  }

  private static func waiting(_ row: Row) -> Waiting? {
    guard let caseID = CaseID(row["case_id"]) else { return nil }
    let form = (row["form"] as Data?).flatMap { try? JSONData.decode(Delivery.self, from: Array($0)) }
    let report = (row["report"] as Data?).flatMap { try? JSONData.decode(Report.self, from: Array($0)) }
    let step = form.map { .send($0) } ?? report.map { .report($0) } ?? Waiting.Step.unreadable
    var address: Address?
    if let account = row["chat"] as String?, let openid = row["openid"] as String? {
      let subscription = (row["subscription"] as Data?).flatMap {
        try? JSONData.decode(Subscription.self, from: Array($0))
      }
      address = Address(chat: ChatID(account: account, openid: openid), subscription: subscription)
    }
    return Waiting(
      id: row["id"], caseID: caseID, account: row["account"], step: step, address: address, failures: row["failures"],
      unknown: row["unknown"])
  }

  /// It is over, and is not sent again.
  /// - Parameter report: for track; `nil` where nobody waits for word of it.
  func finish(_ id: String, report: Report?, at now: Instant) async throws(Failure) {
    try await change(
      "UPDATE deliveries SET form = NULL, report = ?, due = ? WHERE id = ?",
      [report.map { Data(JSONData.encode($0)) }, report.map { _ in now.milliseconds }, id])
  }

  /// Track is told.
  func settle(_ id: String) async throws(Failure) {
    try await change("UPDATE deliveries SET report = NULL, due = NULL WHERE id = ?", [id])
  }

  func postpone(_ id: String, until due: Instant, failures: Int, unknown: Int) async throws(Failure) {
    try await change(
      "UPDATE deliveries SET due = ?, failures = ?, unknown = ? WHERE id = ?",
      [due.milliseconds, failures, unknown, id])
  }

  private func change(_ sql: String, _ arguments: StatementArguments) async throws(Failure) {
    try await Self.run { [database] in
      try await database.write { db in try db.cachedStatement(sql: sql).execute(arguments: arguments) }
    }
  }

  /// Whether there is nothing left to be cared for, now or later.
  package func isEmpty() async throws(Failure) -> Bool {
    try await Self.run { [database] in
      try await database.read { db in
        try Int.fetchOne(db, sql: "SELECT 1 FROM deliveries WHERE due IS NOT NULL LIMIT 1") == nil
      }
    }
  }

  /// Lets go of what has expired, and of what was settled long ago.
  /// - Returns: how many have expired, and what is left.
  func sweep(at now: Instant) async throws(Failure) -> (expired: Int, standing: Standing) {
    try await Self.run { [database] in
      try await database.write { db in
        try db.execute(
          sql:
            "UPDATE deliveries SET form = NULL, due = NULL WHERE due IS NOT NULL AND form IS NOT NULL AND expires <= ?",
          arguments: [now.milliseconds])
        let expired = db.changesCount
        try db.execute(
          sql: "DELETE FROM deliveries WHERE due IS NULL AND taken < ?",
          arguments: [(now - Self.retention).milliseconds])
        let row = try Row.fetchOne(
          db,
          sql:
            "SELECT count(*) AS waiting, min(first) FILTER (WHERE first <= ?) AS oldest FROM deliveries WHERE due IS NOT NULL",
          arguments: [now.milliseconds])
        var standing = Standing(waiting: row?["waiting"] ?? 0)
        standing.oldest = (row?["oldest"] as Int64?).map { Instant(milliseconds: $0) }
        return (expired, standing)
      }
    }
  }
}
