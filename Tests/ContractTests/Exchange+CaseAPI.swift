import Foundation
import HTTPTypes

extension Exchange {
  /// What `/api/v1` promises, asked with the key of an administrator.
  static let api: [Exchange] = questions + commands + settlings

  private static let office = ["X-API-Key": "office"]
  private static let json = ["X-API-Key": "office", "Content-Type": "application/json"]
  private static let base = "/api/v1/"

  private static func ask(
    _ method: HTTPRequest.Method, _ path: String, _ target: String, _ status: Int, trouble: Town.Trouble = .init(),
    headers: [String: String], body: [UInt8] = [], times: Int = 1
  ) -> Exchange {
    Exchange(
      method: method, path: base + path, status: status, trouble: trouble, target: { _ in base + target },
      headers: headers, body: body, times: times)
  }

  /// The answers that every question can have.
  private static func question(_ path: String, _ target: String? = nil, missing: String? = nil) -> [Exchange] {
    let target = target ?? path
    func ask(
      _ status: Int, _ target: String, _ headers: [String: String] = office, trouble: Town.Trouble = .init()
    ) -> Exchange {
      self.ask(.get, path, target, status, trouble: trouble, headers: headers)
    }
    let known = target + (target.contains("?") ? "&" : "?")
    return [
      ask(200, target), ask(400, known + "none=1"), ask(401, target, [:]), ask(403, target, ["X-API-Key": "nothing"]),
      ask(429, target, trouble: .init(isTooOften: true)), ask(503, target, trouble: .init(isUnreadable: true)),
    ] + (missing.map { [ask(404, $0)] } ?? [])
      + (["me", "cases/{case}/citizen"].contains(path)
        ? [] : [ask(304, target, office.merging(["If-None-Match": "*"]) { $1 })])
  }

  private static let questions = [
    question("overview"), question("rates"), question("rates", "rates?kind=department&from=2026-01&through=2026-12"),
    question("trend"), question("categories"), question("cases", "cases?standing=any&order=received"),
    question("cases", "cases?standing=any&limit=1"), question("cases/find", "cases/find?q=late"),
    question("cases/{case}", "cases/late", missing: "cases/none"), question("cases/{case}", "cases/done"),
    question("cases/{case}/events", "cases/late/events", missing: "cases/none/events"),
    question("cases/{case}/events", "cases/done/events?limit=2"),
    question("cases/{case}/commands/{command}", "cases/late/commands/look-1", missing: "cases/none/commands/c"),
    question("cases/{case}/commands/{command}", "cases/refused/commands/sign-2"),
    question("cases/{case}/commands/{command}", "cases/late/commands/none"),
    question(
      "cases/{case}/citizen", "cases/late/citizen?look=look-1", missing: "cases/late/citizen?look=look-2"),
    question("review"), question("dead-letters"),
    question(
      "dead-letters/{topic}/{partition}/{offset}", "dead-letters/commands/0/17",
      missing: "dead-letters/commands/0/18"),
    question("health"), question("directory/owners"), question("me").filter { $0.status != 503 },
  ].flatMap(\.self)

  /// The answers that every command can have.
  private static func command(_ path: String, _ target: String, _ body: String, missing: String) -> [Exchange] {
    func send(
      _ status: Int, _ target: String = target, _ body: String = body, _ headers: [String: String] = [:],
      trouble: Town.Trouble = .init(), times: Int = 1
    ) -> Exchange {
      ask(
        .post, path, target, status, trouble: trouble, headers: json.merging(headers) { $1 }, body: Array(body.utf8),
        times: times)
    }
    return [
      send(202), send(400, target, "{}"), send(401, target, body, ["X-API-Key": "wrong"]),
      send(403, target, body, ["X-API-Key": "nothing"]), send(404, missing),
      send(413, target, #"{"reason":""# + String(repeating: "a", count: 66_000) + #""}"#),
      send(415, target, body, ["Content-Type": "text/plain"]),
      send(422, target, body, ["Idempotency-Key": "k"], times: 2),
      send(429, trouble: .init(isTooOften: true)), send(503, trouble: .init(isUnreadable: true)),
      send(503, trouble: .init(room: 1)),
    ]
  }

  private static let commands =
    command(
      "cases/{case}/commands", "cases/late/commands", #"{"command":"reply","method":"phone","text":"已修好"}"#,
      missing: "cases/none/commands")
    + command("cases/{case}/disclose", "cases/late/disclose", #"{"reason":"要联系本人"}"#, missing: "cases/none/disclose")

  /// The answers that a decision on a dead letter can have.
  private static let settlings = ["retry", "drop"].flatMap { verb in
    func send(
      _ status: Int, _ place: String = "commands/0/17", query: String = "", key: String? = "office",
      trouble: Town.Trouble = .init()
    ) -> Exchange {
      ask(
        .post, "dead-letters/{topic}/{partition}/{offset}/" + verb, "dead-letters/\(place)/\(verb)\(query)", status,
        trouble: trouble, headers: key.map { ["X-API-Key": $0] } ?? [:])
    }
    return [
      send(202), send(400, query: "?a=1"), send(401, key: nil), send(403, key: "nothing"), send(404, "commands/0/18"),
      send(409, "commands/0/19"), send(429, trouble: .init(isTooOften: true)), send(503, trouble: .init(room: 1)),
    ]
  }
}
