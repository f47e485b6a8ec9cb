import CaseStories
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Monitoring
import Outbox
import Streams
import Testing
import Time

struct CommandTests {
  /// A body for each command that people give here, and whether administrators, supervisors, departments, stations and
  /// deputies can ever give it.
  private static let table: [(body: String, may: [Bool])] = [
    (#"{"command":"sign"}"#, [true, false, true, true, true]),
    (#"{"command":"reply","method":"phone","text":"已修好"}"#, [true, false, true, true, true]),
    (#"{"command":"refuse","reason":"已诉讼","ground":"诉讼"}"#, [true, true, false, true, false]),
    (#"{"command":"transfer","to":"jt","reason":"非本单位"}"#, [true, false, true, true, true]),
    (#"{"command":"return","reason":"非本单位"}"#, [true, false, true, true, true]),
    (#"{"command":"co-handle","with":["jt"]}"#, [true, false, true, true, true]),
    (#"{"command":"escalate","reason":"难","to":"jt"}"#, [true, true, true, true, true]),
    (#"{"command":"raise"}"#, [true, true, false, true, false]),
    (#"{"command":"supervise","leader":"王主任"}"#, [true, true, false, false, false]),
    (#"{"command":"request-extension","reason":"雨","workingDays":3}"#, [true, false, true, true, true]),
    (#"{"command":"extend","workingDays":3}"#, [true, true, false, true, false]),
    (#"{"command":"deny-extension"}"#, [true, true, false, true, false]),
    (#"{"command":"pause","reason":"等待"}"#, [true, true, true, true, true]),
    (#"{"command":"resume"}"#, [true, true, true, true, true]),
    (#"{"command":"merge","into":"other"}"#, [true, true, true, true, true]),
    (#"{"command":"unmerge","from":"other"}"#, [true, true, true, true, true]),
    (#"{"command":"reopen","reason":"没修"}"#, [true, true, false, true, false]),
    (#"{"command":"review","upheld":true,"text":"属实"}"#, [true, true, false, true, false]),
    (#"{"command":"close"}"#, [true, true, false, true, false]),
    (#"{"command":"correct-category","category":"城乡建设","subcategory":"道路"}"#, [true, true, true, true, true]),
    (#"{"command":"erase","reason":"本人要求"}"#, [true, true, false, true, false]),
  ]
  private static let roles = ["admin", "supervisor", "owner", "watcher", "stranger"]

  private static func office(result: KeyedResult = .durable) throws -> Office {
    try Office([.mine(), .mine("other"), .theirs()], result: result)
  }

  @Test func `the table has every command that people give here`() throws {
    let given = try Self.table.map { row in
      let json = try JSONSerialization.jsonObject(with: Data(row.body.utf8)) as? [String: Any]
      return try #require(json?["command"] as? String)
    }
    let others: Set<CaseCommand.Kind> = [
      .open, .assign, .grantSupervision, .recordMerged, .recordUnmerged, .recordSimilar, .recordDelivery, .rate,
      .disclose,
    ]
    #expect(Set(given) == Set(CaseCommand.Kind.allCases.filter { !others.contains($0) }.map(\.rawValue)))
  }

  @Test(arguments: table.indices, roles.indices)
  func `each role sends what it could ever give, and nothing else`(row: Int, role: Int) async throws {
    let (body, may) = Self.table[row]
    // To the stranger, a deputy, nothing is there.
    let isThere = Self.roles[role] != "stranger"
    let office = try Self.office()
    let answer = try await office.post("cases/mine/commands", body, as: Self.roles[role])
    #expect(answer.status == (!isThere ? 404 : may[role] ? 202 : 403), "\(body): \(answer.text)")
    let sent = try office.commands
    #expect(sent.count == (isThere && may[role] ? 1 : 0))
    guard let (event, command) = sent.first else { return }
    #expect(event.id == "drawn-1" && event.source == Sources.desk && event.subject == "mine")
    #expect(event.time?.instant == office.now)
    let client = try #require(Office.clients.first { $0.name == Self.roles[role] })
    #expect(command.actor == client.actor)
    #expect(command.by == client.name)
    #expect(try answer.json["id"] as? String == "drawn-1")
    #expect(try answer.json["status"] as? String == "/api/v1/cases/mine/commands/drawn-1")
    #expect(answer.header("Location") == "/api/v1/cases/mine/commands/drawn-1")
  }

  @Test(
    arguments: [
      ("", nil), ("[]", nil), ("{", nil), ("\"sign\"", nil), (#"{"command":7}"#, "command"), ("{}", "command"),
      (#"{"command":"open"}"#, "command"), (#"{"command":"assign"}"#, "command"), (#"{"command":"rate"}"#, "command"),
      (#"{"command":"disclose","reason":"x"}"#, "command"), (#"{"command":"grant-supervision"}"#, "command"),
      (#"{"command":"sign","by":"somebody"}"#, "by"), (#"{"command":"sign","actor":{}}"#, "actor"),
      (#"{"command":"sign","x":1}"#, "x"), (#"{"command":"sign","reason":7}"#, "reason"),
      (#"{"command":"reply","method":"phone"}"#, "text"),
      (#"{"command":"reply","method":"phone","text":"  "}"#, "text"),
      (#"{"command":"reply","method":"fax","text":"x"}"#, "method"),
      (#"{"command":"reply","method":"phone","text":"x","lead":"other"}"#, "lead"),
      (#"{"command":"transfer","reason":"x"}"#, "to"), (#"{"command":"transfer","reason":"x","to":"none"}"#, "to"),
      (#"{"command":"co-handle","with":[]}"#, "with"), (#"{"command":"co-handle","with":["jt","none"]}"#, "with"),
      (#"{"command":"co-handle","with":"jt"}"#, "with"), (#"{"command":"escalate","reason":"x","to":"none"}"#, "to"),
      (#"{"command":"extend","workingDays":0}"#, "workingDays"),
      (#"{"command":"extend","workingDays":1.5}"#, nil), (#"{"command":"extend","workingDays":251}"#, "workingDays"),
      (#"{"command":"extend","workingDays":1e300}"#, "workingDays"),
      (#"{"command":"extend","workingDays":"3"}"#, "workingDays"),
      (#"{"command":"merge","into":"mine"}"#, "into"), (#"{"command":"merge","into":"none"}"#, "into"),
      (#"{"command":"merge","into":"a b"}"#, "into"), (#"{"command":"review","upheld":"yes"}"#, "upheld"),
      (#"{"command":"correct-category","category":"别的"}"#, "category"),
      (#"{"command":"correct-category","category":"城乡建设","subcategory":"别的"}"#, "subcategory"),
    ] as [(String, String?)])
  func `a command that isn't of its form is refused, with the member named`(
    body: String, field: String?
  ) async throws {
    let office = try Self.office()
    let answer = try await office.post("cases/mine/commands", body)
    #expect(answer.status == 400, "\(body): \(answer.text)")
    #expect(try answer.json["field"] as? String == field, "\(body): \(answer.text)")
    #expect(try office.commands.isEmpty)
  }

  @Test func `nothing is merged into a case that isn't theirs`() async throws {
    let answer = try await Self.office().post(
      "cases/mine/commands", #"{"command":"merge","into":"theirs"}"#, as: "owner")
    #expect(answer.status == 400)
    #expect(try answer.json["field"] as? String == "into")
  }

  @Test func `bodies of another type, or too long, are refused`() async throws {
    let office = try Self.office()
    let sign = #"{"command":"sign"}"#
    let typed = try await office.post("cases/mine/commands", sign, headers: ["Content-Type": "text/plain"])
    #expect(typed.status == 415)
    let long = #"{"command":"sign","reason":""# + String(repeating: "a", count: 70_000) + "\"}"
    #expect(try await office.post("cases/mine/commands", long).status == 413)
    #expect(try await office.post("cases/mine/commands", sign, as: "reader").status == 403)
    #expect(try await office.post("cases/mine/commands", sign, as: nil).status == 401)
    #expect(try await office.post("cases/theirs/commands", sign, as: "owner").status == 404)
    #expect(try await office.post("cases/none/commands", sign).status == 404)
    #expect(try await office.post("cases/mine/commands?a=1", sign).status == 400)
    #expect(try office.commands.isEmpty)
  }

  @Test(arguments: [(KeyedResult.unavailable, 503), (.tooLarge, 413)])
  func `a command that could not be stored is not acknowledged`(result: KeyedResult, status: Int) async throws {
    let answer = try await Self.office(result: result).post("cases/mine/commands", #"{"command":"sign"}"#)
    #expect(answer.status == status)
  }

  // MARK: Once

  @Test func `the same command under the same key is one command`() async throws {
    let office = try Self.office()
    let sign = #"{"command":"sign"}"#
    let headers = ["Idempotency-Key": "k-1"]
    let first = try await office.post("cases/mine/commands", sign, as: "owner", headers: headers)
    let again = try await office.post("cases/mine/commands", sign, as: "owner", headers: headers)
    #expect(first.status == 202)
    #expect(again.response == first.response)
    #expect(try office.commands.count == 1)
    // The same in another process, after every loss.
    let other = try Self.office()
    #expect(
      try await other.post("cases/mine/commands", sign, as: "owner", headers: headers).response == first.response)
    // Another body, or case, under it is refused; somebody else's key is another one.
    for (path, body) in [("mine", #"{"command":"sign","reason":"x"}"#), ("other", sign)] {
      let answer = try await office.post("cases/\(path)/commands", body, as: "owner", headers: headers)
      #expect(answer.status == 422)
      #expect(try answer.json["field"] as? String == "Idempotency-Key")
    }
    let somebody = try await office.post("cases/mine/commands", sign, as: "admin", headers: headers)
    #expect(somebody.status == 202)
    #expect(try somebody.json["id"] as? String != (try first.json["id"] as? String))
    #expect(try office.commands.count == 2)
  }

  @Test(arguments: ["", "a b", "\u{e9}", String(repeating: "a", count: 256)])
  func `a key that is none is refused`(key: String) async throws {
    let answer = try await Self.office().post(
      "cases/mine/commands", #"{"command":"sign"}"#, headers: ["Idempotency-Key": key])
    #expect(answer.status == 400)
    #expect(try answer.json["field"] as? String == "Idempotency-Key")
  }

  // MARK: What came of it

  @Test func `what came of a command can be asked for`() async throws {
    let story = try Story.mine()
    let office = try Office([story])
    let sent = try await office.post("cases/mine/commands", #"{"command":"sign"}"#, as: "owner")
    let path = String(try #require(sent.header("Location")).dropFirst("/api/v1/".count))
    let pending = try await office.get(path, as: "owner").json
    #expect(pending["state"] as? String == "pending")
    #expect((pending["events"] as? [Any])?.isEmpty == true)
    let owner = Owner(id: "cj", kind: .department, name: "城建局")
    try office.record(.signed(.init(by: "owner", owner: owner)), of: story, sequence: 4, cause: "drawn-1")
    let done = try await office.get(path, as: "owner").json
    #expect(done["state"] as? String == "done")
    let event = try #require((done["events"] as? [[String: Any]])?.first)
    #expect(event["type"] as? String == "cn.huiyin.case.signed.v1")
    #expect(event["sequence"] as? Int == 4)
    #expect(event["cause"] as? String == "drawn-1")
  }

  @Test func `why a command was refused is told`() async throws {
    let story = try Story.mine()
    let office = try Office([story])
    let refused = CaseEvent.RefusedCommand(
      command: OpinionReference(source: Sources.desk, id: "c1"), type: CaseCommand.Kind.sign.type,
      reason: "somebody has signed for it", by: "owner")
    try office.record(.refusedCommand(refused), of: story, sequence: 4, cause: "c1")
    let json = try await office.get("cases/mine/commands/c1", as: "owner").json
    #expect(json["state"] as? String == "refused")
    #expect(json["reason"] as? String == "somebody has signed for it")
  }
}
