import Foundation
import HTTPTypes
import HTTPValues
import Open311
import Testing

/// A question that the contract names, and the answer that it promises.
struct Exchange: Sendable {
  let method: HTTPRequest.Method
  /// As the contract writes it.
  let path: String
  let status: Int
  var trouble = Town.Trouble()
  /// What stands for the names in the path, in their order, with the query behind it.
  var target: @Sendable (Town) throws -> String
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  /// The number of times that it is asked; the last answer counts.
  var times = 1

  var name: String { "\(method) \(path) \(status)" }

  func answer() async throws -> Response {
    let town = try Town(trouble)
    var fields = HTTPFields()
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    var response = Response(.internalServerError)
    for turn in 0..<times {
      // Another body under the same key.
      let body = turn == 0 ? body : body + Array(" ".utf8)
      response = await town.answer(
        HTTPRequest(
          method: method, scheme: "http", authority: "localhost", path: try target(town), headerFields: fields),
        body: body)
    }
    await town.close()
    return response
  }
}

extension Exchange {
  private static let json = ["Content-Type": "application/json"]
  private static let form = ["Content-Type": "application/x-www-form-urlencoded"]
  private static let opinion = #"{"text":"路灯坏了","category":"城乡建设","location":{"latitude":28.2,"longitude":112.9}}"#

  static let all: [Exchange] = opinions + cases + services + requests + health + api

  private static func post(
    _ status: Int, _ body: String = opinion, headers: [String: String] = [:], trouble: Town.Trouble = .init(),
    times: Int = 1
  ) -> Exchange {
    Exchange(
      method: .post, path: "/opinions", status: status, trouble: trouble, target: { _ in "/opinions" },
      headers: json.merging(headers) { $1 }, body: Array(body.utf8), times: times)
  }

  private static let opinions = [
    post(202), post(202, "[\(opinion),\(opinion)]", headers: ["X-API-Key": "right"]),
    post(207, "[" + Array(repeating: opinion, count: 10).joined(separator: ",") + "]", trouble: .init(room: 1500)),
    post(400, #"{"text":7}"#),
    post(400, headers: ["Idempotency-Key": "a b"]), post(401, headers: ["X-API-Key": "wrong"]),
    post(403, headers: ["Authorization": "Bearer nothing"]),
    post(413, #"{"text":""# + String(repeating: "a", count: 900_000) + #""}"#),
    post(415, headers: ["Content-Type": "text/plain"]), post(422, #"[{"text":"a"},{"text":7},8]"#), post(422, "[]"),
    post(422, headers: ["Idempotency-Key": "k"], times: 2),
    post(429, headers: ["X-API-Key": "right"], trouble: .init(isTooOften: true)), post(503, trouble: .init(room: 1)),
  ]

  private static func get(
    _ path: String, _ status: Int, accept: String? = nil, key: String? = nil, trouble: Town.Trouble = .init(),
    target: (@Sendable (Town) throws -> String)? = nil
  ) -> Exchange {
    Exchange(
      method: .get, path: path, status: status, trouble: trouble, target: target ?? { _ in path },
      headers: (accept.map { ["Accept": $0] } ?? [:]).merging(key.map { ["X-API-Key": $0] } ?? [:]) { $1 })
  }

  private static func overdue(_ status: Int, key: String = "office", trouble: Town.Trouble = .init()) -> Exchange {
    Exchange(
      method: .get, path: "/overdue.json", status: status, trouble: trouble, target: { _ in "/overdue.json" },
      headers: ["X-API-Key": key])
  }

  private static let cases = [
    get("/cases/{case}", 200, accept: "application/json") { try $0.pageOfCase() },
    get("/cases/{case}", 200, accept: "application/json") { try $0.pageOfCase("done") },
    get("/cases/{case}", 200, accept: "text/html") { try $0.pageOfCase() },
    get("/cases/{case}", 400) { _ in "/cases/%ff?k=a" }, get("/cases/{case}", 404) { _ in "/cases/late?k=wrong" },
    get("/cases/{case}", 404, accept: "text/html") { _ in "/cases/late?k=wrong" },
    get("/cases/{case}", 404) { try $0.pageOfCase("new") },
    get("/cases/{case}", 503, trouble: .init(isUnreadable: true)) { try $0.pageOfCase() },
    overdue(200), overdue(401, key: "wrong"), overdue(403, key: "nothing"),
    overdue(429, trouble: .init(isTooOften: true)),
    overdue(503, trouble: .init(isUnreadable: true)), get("/overdue.json", 401),
  ]

  /// Both formats of one of the protocol's answers.
  private static func both(
    _ path: String, _ status: Int, trouble: Town.Trouble = .init(), _ target: String
  ) -> [Exchange] {
    ["xml", "json"].map { format in
      get("/open311/v2/" + path + ".{format}", status, trouble: trouble) { _ in
        "/open311/v2/" + target.replacing(".*", with: "." + format)
      }
    }
  }

  private static let services =
    both("services", 200, "services.*") + both("services", 404, "services.txt.*")
    + both("services", 400, "services.%10.*")
    + both("services/{service_code}", 200, "services/\(Town.services[1].code).*")
    + both("services/{service_code}", 404, "services/none.*") + both("services/{service_code}", 400, "services/%0a.*")
    + both("tokens/{token}", 400, "tokens/a.*?b=%") + both("tokens/{token}", 200, "tokens/h1.*")
    + both("tokens/{token}", 404, "tokens/%20.*")

  private static func request(
    _ status: Int, _ body: String = "service_code=\(Town.services[1].code)&address_string=a&api_key=right",
    headers: [String: String] = [:], trouble: Town.Trouble = .init()
  ) -> [Exchange] {
    ["xml", "json"].map { format in
      Exchange(
        method: .post, path: "/open311/v2/requests.{format}", status: status, trouble: trouble,
        target: { _ in "/open311/v2/requests." + format }, headers: form.merging(headers) { $1 }, body: Array(body.utf8)
      )
    }
  }

  private static let requests = [
    both("requests", 200, "requests.*"), both("requests", 200, "requests.*?service_request_id=done,late"),
    both("requests", 200, "requests.*?status=closed&page_size=1&service_code=\(Town.services[0].code)"),
    both("requests", 400, "requests.*?status=done"), both("requests", 404, "requests.*?service_code=none"),
    both("requests", 503, trouble: .init(isUnreadable: true), "requests.*"),
    both("requests/{service_request_id}", 200, "requests/done.*"),
    both("requests/{service_request_id}", 400, "requests/%00.*"), both("requests", 400, "requests.*?status=%zz"),
    both("requests/{service_request_id}", 404, "requests/none.*"),
    both("requests/{service_request_id}", 503, trouble: .init(isUnreadable: true), "requests/done.*"),
    request(201), request(400, "service_code=\(Town.services[1].code)&api_key=right"), request(403, "a=b"),
    request(404, "service_code=none&api_key=right"), request(413, String(repeating: "a", count: 900_001)),
    request(415, headers: ["Content-Type": "application/json"]), request(422, headers: ["Idempotency-Key": "k"]),
    request(429, trouble: .init(isTooOften: true)), request(503, trouble: .init(room: 1)),
  ].flatMap(\.self)

  private static let health = [
    get("/livez", 200), get("/livez", 503, trouble: .init(isDown: true)), get("/readyz", 200),
    get("/readyz", 503, trouble: .init(isDown: true)), get("/metrics", 200), get("/openapi.json", 200),
  ]
}
