import CaseStories
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import SeededRandom
import Testing

struct HostileTests {
  private static let targets = [
    "cases?standing=any&order=due&reversed=true&owner=cj&kind=department&category=%E5%9F%8E&step=urging&limit=10",
    "cases?after=eyJpc1JldmVyc2VkIjpmYWxzZX0", "rates?kind=station&from=2026-01&through=2026-10",
    "trend?from=2026-09-01&through=2026-10-01", "cases/find?q=20260924-7K3M-9Q2X", "cases/mine/events?after=1&limit=2",
    "dead-letters/opinions/0/17", "dead-letters?after=1790000000000@opinions/0/17", "cases/mine/citizen?look=c1",
    "cases/mine/commands/c1", "categories?from=2026-01-01", "review?limit=5", "overview", "me", "health",
  ]
  private static let bodies = [
    #"{"command":"reply","method":"on-the-spot","text":"已修好"}"#, #"{"command":"transfer","to":"jt","reason":"非本单位"}"#,
    #"{"command":"co-handle","with":["jt","cj"],"reason":"协办"}"#, #"{"command":"extend","workingDays":3}"#,
    #"{"command":"merge","into":"other"}"#, #"{"command":"review","upheld":false,"text":"未修"}"#, #"{"reason":"联系"}"#,
  ]
  private static let pieces = [
    "%", "%00", "%ff", "&", "=", "?", "/", "..", "'", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "1e999",
    "-1", "99999999999999999999", "\u{0}", "\u{202e}", "9999-12-31", "0001-01-01", "\\ud800", "limit", "after",
  ]

  @Test(arguments: [11, 12] as [UInt64])
  func `whatever the target, the answer is a defined one`(seed: UInt64) async throws {
    let office = try Office([.mine(), .theirs()])
    var mutator = Mutator(Self.targets, pieces: Self.pieces, seed: seed)
    var statuses: [Int: Int] = [:]
    for _ in 0..<Mutator.count(usually: 2000) {
      let target = String(decoding: mutator.next(), as: UTF8.self)
      let answer: Office.Answer
      // What the server itself turns away.
      do { answer = try await office.get(target) } catch is MalformedTarget { continue }
      statuses[answer.status, default: 0] += 1
      #expect([200, 400, 404].contains(answer.status), "seed \(seed): \(answer.status) \(target)")
      #expect((try? answer.json) != nil, "seed \(seed): \(target)")
    }
    #expect(statuses.count == 3, "seed \(seed): \(statuses)")
  }

  @Test(arguments: [21, 22] as [UInt64])
  func `whatever the body, what reaches the log is a command that can be read`(seed: UInt64) async throws {
    let office = try Office([.mine(), .mine("other"), .theirs()])
    var mutator = Mutator(Self.bodies, pieces: Self.pieces, seed: seed)
    var statuses: [Int: Int] = [:]
    for turn in 0..<Mutator.count(usually: 2000) {
      let path = turn.isMultiple(of: 5) ? "cases/mine/disclose" : "cases/mine/commands"
      let answer = try await office.ask(
        .post, path, as: "admin", headers: ["Content-Type": "application/json"], body: mutator.next())
      statuses[answer.status, default: 0] += 1
      #expect([202, 400].contains(answer.status), "seed \(seed): \(answer.status) \(answer.text)")
      #expect((try? answer.json) != nil)
    }
    #expect(statuses.count == 2, "seed \(seed): \(statuses)")
    // Each is taken apart and read.
    #expect(try office.commands.count == statuses[202])
    for sent in try office.commands { #expect(sent.command.actor == Actor(role: .administrator, id: "admin")) }
  }
}
