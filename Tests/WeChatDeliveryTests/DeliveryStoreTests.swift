import Cases
import EventLog
import Foundation
import GRDB
import Testing
import Time

@testable import WeChatDelivery

@Suite struct DeliveryStoreTests {
  private func due(_ store: DeliveryStore, at now: Instant) async throws -> [DeliveryStore.Waiting] {
    try await store.due(at: now, limit: 100, accounts: ["qingxi", "liuhe"], exceptCases: [])
  }

  @Test func `each is taken once, however often its record is read, also after it was settled`() async throws {
    let store = try Given.store([Given.feedback("case")])
    #expect(try await due(store, at: Given.noon).count == 1)
    try Given.fill(store, [Given.feedback("case")])
    #expect(try await due(store, at: Given.noon).map(\.id) == ["case.5.0"])
    let delivery = try Given.delivery(Given.feedback("case"))
    let report = try #require(Report(delivery, .delivered, at: Given.noon))
    try await store.finish("case.5.0", report: report, at: Given.noon)
    #expect(try await due(store, at: Given.noon).map(\.step) == [.report(report)])
    try await store.settle("case.5.0")
    try Given.fill(store, [Given.feedback("case")])
    #expect(try await due(store, at: Given.noon).isEmpty)
  }

  @Test func `it waits for the morning, and what has expired isn't taken`() async throws {
    let morning = Given.noon + .seconds(1800)
    let store = try Given.store([
      Given.feedback("a", notBefore: morning), Given.feedback("b", expires: Given.noon), Given.feedback("c"),
    ])
    #expect(try await due(store, at: Given.noon).map(\.caseID.text) == ["c"])
    #expect(try await due(store, at: morning).map(\.caseID.text) == ["c", "a"])
  }

  @Test func `only what is for citizens of our accounts is taken`() async throws {
    let store = try Given.store([Given.feedback("a"), Given.feedback("b")], accounts: ["a": "baisha"])
    #expect(try await due(store, at: Given.noon).map(\.caseID.text) == ["b"])
    _ = try store.take([Given.delivery(Given.feedback("nobody"))], accounts: ["qingxi"], at: Given.noon)
    #expect(try await due(store, at: Given.noon).count == 1)
  }

  @Test func `whoever is forgotten is so here, with what was to be sent; what they were told stays known`() async throws
  {
    let store = try Given.store([Given.feedback("a"), Given.feedback("b")])
    let told = try Given.delivery(Given.feedback("b"))
    try await store.finish(told.id, report: Report(told, .delivered, at: Given.noon), at: Given.noon)
    let tombstones = ["a", "b"].map { Given.stored(Given.tombstone($0), topic: Topics.citizens) }
    _ = try store.note(Chunk(records: tombstones, positions: [TopicPartition(Topics.citizens, 0): 9]))
    let left = try await due(store, at: Given.noon)
    #expect(left.map(\.id) == [told.id] && left.allSatisfy { $0.address == nil })
    #expect(try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM addresses") } == 0)
  }

  @Test func `a citizen's latest record counts, and one without a chat is none`() async throws {
    let store = try Given.store([Given.feedback("a")])
    func note(openid: String) throws {
      let record = Given.citizen("a", openid: openid, account: "liuhe", once: ["x"])
      _ = try store.note(Chunk(records: [Given.stored(record, topic: Topics.citizens)], positions: [:]))
    }
    try note(openid: "oAnother")
    let address = try await due(store, at: Given.noon).first?.address
    #expect(address?.chat == ChatID(account: "liuhe", openid: "oAnother") && address?.subscription?.once == ["x"])
    try note(openid: "")
    #expect(try await due(store, at: Given.noon).first?.address == nil)
  }

  @Test func `accounts that can't send now hold up neither others nor reports`() async throws {
    let store = try Given.store(
      [Given.feedback("a"), Given.feedback("b"), Given.feedback("c")], accounts: ["b": "liuhe"])
    let told = try Given.delivery(Given.feedback("c"))
    try await store.finish(told.id, report: Report(told, .delivered, at: Given.noon), at: Given.noon)
    func cases(_ accounts: Set<String>) async throws -> Set<String> {
      Set(
        try await store.due(at: Given.noon, limit: 9, accounts: accounts, exceptCases: []).map(\.caseID.text))
    }
    #expect(try await cases(["liuhe"]) == ["b", "c"])
    #expect(try await cases([]) == ["c"])
  }

  @Test func `what another version wrote in another form is said to be so`() async throws {
    let store = try Given.store([Given.feedback("a")])
    try await store.database.write { try $0.execute(sql: "UPDATE deliveries SET form = x'7b7d'") }
    #expect(try await due(store, at: Given.noon).map(\.step) == [.unreadable])
  }

  @Test func `it goes on where it was, and another log makes it begin anew`() async throws {
    let store = try DeliveryStore(path: ":memory:")
    let place = TopicPartition(Topics.citizens, 3)
    #expect(try store.prepare(for: "log-1").isEmpty)
    _ = try store.note(Chunk(records: [], positions: [place: 17]))
    try Given.fill(store, [Given.feedback("a")])
    #expect(try store.prepare(for: "log-1") == [place: 17])
    #expect(try await due(store, at: Given.noon).count == 1)
    #expect(try store.prepare(for: "log-2").isEmpty)
    #expect(try await due(store, at: Given.noon).isEmpty)
  }

  @Test func `a sweep lets go of what has expired, and a week later of what was settled`() async throws {
    let store = try Given.store([
      Given.feedback("a", expires: Given.noon + .seconds(60)),
      Given.feedback("b", notBefore: Given.noon + .seconds(90)),
    ])
    var swept = try await store.sweep(at: Given.noon + .seconds(30))
    #expect(swept.expired == 0 && swept.standing == DeliveryStore.Standing(waiting: 2, oldest: Given.noon))
    swept = try await store.sweep(at: Given.noon + .seconds(60))
    #expect(swept.expired == 1 && swept.standing == DeliveryStore.Standing(waiting: 1, oldest: nil))
    try await store.settle("b.5.0")
    func rows() async throws -> Int? {
      try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM deliveries") }
    }
    _ = try await store.sweep(at: Given.noon + DeliveryStore.retention)
    #expect(try await rows() == 2)
    _ = try await store.sweep(at: Given.noon + DeliveryStore.retention + .milliseconds(1))
    #expect(try await rows() == 0)
  }

  @Test func `nobody else may read the file, and it keeps what it has over a restart`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "huiyin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "store.sqlite").path
    do {
      let store = try DeliveryStore(path: path)
      try Given.fill(store, [Given.feedback("a")])
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: file).path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(file)")
      }
    }
    #expect(try await due(try DeliveryStore(path: path), at: Given.noon).map(\.id) == ["a.5.0"])
  }

  @Test func `what is due is found by an index`() async throws {
    let store = try Given.store([])
    let plan = try await store.database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN SELECT deliveries.* FROM deliveries LEFT JOIN addresses USING (case_id)
          WHERE due <= 1 AND (form IS NULL OR deliveries.account IN ('a')) AND case_id NOT IN ('c') ORDER BY due, deliveries.rowid LIMIT 9
          """
      ).map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.contains("deliveries_due") } && !plan.contains { $0.contains("SCAN deliveries") })
  }
}
