import CaseStories
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Monitoring
import Streams
import Testing
import Time

struct LetterTests {
  private static func letter(
    _ offset: Offset, _ status: DeadLetter.Status = .open, parked: Bool = false
  ) throws -> DeadLetter {
    let time = try moment("2026-10-14T10:00:00+08:00")
    let record = StoredRecord(
      partition: TopicPartition(Topics.commands, 0), offset: offset, timestamp: time,
      record: Record(key: Array("mine".utf8), value: Array(#"{"text":"绝密"}"#.utf8)))
    return DeadLetter(
      record, stage: "track", reason: "data is not JSON", failedAt: time, retries: 0, parked: parked, status: status)
  }

  private static func log() throws -> LetterLog {
    LetterLog([try letter(1), try letter(2, parked: true), try letter(3, .quarantined), try letter(4, .dropped)])
  }

  @Test(arguments: [
    ("1/retry", 202, "settled" as String?), ("1/drop", 202, "settled"), ("2/retry", 202, "handed-on"),
    ("2/drop", 202, "handed-on"), ("3/retry", 409, nil), ("3/drop", 202, "settled"), ("4/retry", 409, nil),
    ("4/drop", 409, nil), ("5/retry", 404, nil), ("1/keep", 404, nil), ("1/retry?a=1", 400, nil),
  ])
  func `an administrator decides on a dead letter`(target: String, status: Int, outcome: String?) async throws {
    let log = try Self.log()
    let office = try Office(letters: log)
    let answer = try await office.ask(.post, "dead-letters/commands/0/" + target, as: "admin")
    #expect(answer.status == status, "\(answer.text)")
    #expect(try answer.json["outcome"] as? String == outcome)
    #expect(log.published.isEmpty == (status != 202))
    #expect(!answer.text.contains("绝密"))
  }

  @Test(arguments: ["supervisor", "owner", "watcher", "stranger", "reader", "portal"])
  func `nobody else does`(client: String) async throws {
    let log = try Self.log()
    let office = try Office(letters: log)
    for verb in ["retry", "drop"] {
      #expect(try await office.ask(.post, "dead-letters/commands/0/1/" + verb, as: client).status == 403)
    }
    #expect(try await office.ask(.post, "dead-letters/commands/0/1/drop", as: nil).status == 401)
    #expect(try await office.ask(.get, "dead-letters/commands/0/1/drop", as: "admin").status == 405)
    #expect(log.published.isEmpty)
  }

  @Test func `the list of those that wait goes on from part to part`() async throws {
    let office = try Office()
    let letters = try (1...5).map { try Self.letter(Offset($0)).record }
    _ = try office.model.apply(
      Chunk(
        records: letters.enumerated().map { index, record in
          StoredRecord(
            partition: TopicPartition(DeadLetter.topic, 0), offset: Offset(index), timestamp: office.now, record: record
          )
        }, positions: [TopicPartition(DeadLetter.topic, 0): 5]))
    var target: String? = "dead-letters?limit=2"
    var seen: [String] = []
    while let next = target {
      let answer = try await office.get(next, as: "supervisor")
      #expect(try answer.json["waiting"] as? Int == 5)
      #expect(!answer.text.contains("绝密"))
      let letters = try answer.json["letters"] as? [[String: Any]] ?? []
      seen += letters.compactMap { $0["id"] as? String }
      let link = answer.header("Link").map { String($0.dropFirst("</api/v1/".count).prefix { $0 != ">" }) }
      target = link
    }
    #expect(seen == (1...5).map { "commands/0/\($0)" })
    let one = try await office.get("dead-letters/commands/0/3").json
    #expect(one["status"] as? String == "open")
    #expect(one["case"] as? String == "mine")
  }
}
