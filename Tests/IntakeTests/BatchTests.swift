import Outbox
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Intake
import Streams
import Testing

struct BatchTests {
  private struct Answer: Decodable, Equatable {
    struct Problem: Decodable, Equatable {
      let status: Int
      let detail: String
    }

    let `case`: String?
    let key: String?
    let status: String?
    let problem: Problem?
  }

  private struct Faults: Decodable {
    struct Item: Decodable, Equatable {
      let index: Int
      let detail: String
    }

    let status: Int
    let detail: String
    let items: [Item]
  }

  private static func answers(_ response: Response) throws -> [Answer] {
    try JSONDecoder().decode([Answer].self, from: Data(response.body))
  }

  private static func list(_ count: Int) -> String {
    "[" + (0..<count).map { #"{"text":"意见 \#($0)"}"# }.joined(separator: ",") + "]"
  }

  @Test(arguments: [1, 2, 100])
  func `a list is answered entry by entry`(count: Int) async throws {
    let gateway = try Gateway()
    let response = try await gateway.post(Self.list(count))
    #expect(response.head.status == .accepted)
    let answers = try Self.answers(response)
    #expect(answers.count == count)
    #expect(Set(answers.map(\.case)).count == count)
    var texts: [String: String] = [:]
    for output in await gateway.published {
      texts[String(decoding: output.record.key ?? [], as: UTF8.self)] = try Opinion(data: output.record.value).text
    }
    for (index, answer) in answers.enumerated() {
      let id = try #require(answer.case.flatMap { CaseID($0) })
      #expect(texts[id.text] == "意见 \(index)")
      #expect(CaseKey(of: id, under: gateway.secret).matches(answer.key ?? ""))
      #expect(answer.status == "/cases/\(id)?k=\(answer.key ?? "")")
      #expect(answer.problem == nil)
    }
    #expect(try gateway.count("accepted") == Int64(count))
  }

  @Test func `a category, a place and a code are taken, also in a list`() async throws {
    let gateway = try Gateway(scan: { Scan(standing: .valid, holder: $0) })
    let fields = #"{"text":"x","category":"城乡建设","location":{"latitude":28.2,"longitude":112.9},"code":"c1"}"#
    #expect(try await gateway.post("[" + fields + "]").head.status == .accepted)
    #expect(try await gateway.post(fields).head.status == .accepted)
    for output in await gateway.published {
      let opinion = try Opinion(data: output.record.value)
      #expect(
        opinion
          == Opinion(
            channel: "web", text: "x", code: "c1", scan: Scan(standing: .valid, holder: "c1"), category: "城乡建设",
            location: Location(latitude: 28.2, longitude: 112.9)))
    }
    #expect(await gateway.published.count == 2)
  }

  @Test(arguments: [
    (#"{"text":"x","category":7}"#, "category"), (#"{"text":"x","location":{"latitude":1}}"#, "location.longitude"),
    (#"{"text":"x","location":{"latitude":91,"longitude":0}}"#, "location"),
    (#"{"text":"x","code":"\#(String(repeating: "c", count: 65))"}"#, "code"),
    (#"{"text":"x","category":"\#(String(repeating: "c", count: 65))"}"#, "category"),
  ])
  func `a category, a place and a code that cannot be are named`(body: String, field: String) async throws {
    let gateway = try Gateway()
    let response = try await gateway.post(body)
    #expect(response.head.status == .badRequest)
    #expect(try response.problem.detail.contains(" \(field) "))
    #expect(await gateway.published.isEmpty)
  }

  @Test func `what a client says of a scan is not believed`() async throws {
    let gateway = try Gateway()
    _ = try await gateway.post(#"{"text":"x","code":"c1","scan":{"standing":"valid","kind":"deputy","holder":"d1"}}"#)
    #expect(try Opinion(data: await gateway.published.first?.record.value).scan == nil)
  }

  @Test func `one that is wrong and none is taken, and every wrong one is named by its place`() async throws {
    let gateway = try Gateway()
    let body =
      #"[{"text":"绝密"}, 3, {"text":""}, {"text":7}, null, {"text":"绝密","citizen":{}}, {"text":"绝密","channel":"绝"}]"#
    let response = try await gateway.post(body, key: "k")
    #expect(response.head.status == .unprocessableContent)
    #expect(response.head.headerFields[.contentType] == "application/problem+json")
    let faults = try JSONDecoder().decode(Faults.self, from: Data(response.body))
    #expect(faults.status == 422)
    #expect(faults.detail.hasPrefix("6 of"))
    #expect(faults.items.map(\.index) == [1, 2, 3, 4, 5, 6])
    #expect(faults.items[1].detail == "text is empty")
    #expect(faults.items[2].detail == "text is not text")
    #expect(faults.items[4].detail == "citizen.anonymous is missing")
    #expect(!String(decoding: response.body, as: UTF8.self).contains("绝"))
    #expect(gateway.log.published.isEmpty)
    // Nothing stands under the key yet.
    #expect(try await gateway.post(Self.list(2), key: "k").head.status == .accepted)
  }

  @Test(arguments: [0, 101, 40_000])
  func `a list has 1 to 100 entries`(count: Int) async throws {
    let gateway = try Gateway()
    let response = try await gateway.post(Self.list(count))
    #expect(response.head.status == .unprocessableContent)
    #expect(try response.problem.detail.contains("1 to 100"))
    #expect(await gateway.published.isEmpty)
  }

  @Test(arguments: ["[", "[{]", #"[{"text":"x"}"#, "[1 2]", " \n[]x", String(repeating: "[", count: 100_000)])
  func `a list that is not JSON gets 400`(body: String) async throws {
    #expect(try await Gateway().post(body).head.status == .badRequest)
  }

  @Test func `the same list under the same key is taken once`() async throws {
    let gateway = try Gateway()
    let first = try await gateway.post(Self.list(3), key: "k")
    let second = try await gateway.post(Self.list(3), key: "k")
    #expect(second.head.status == .accepted)
    #expect(try Self.answers(first) == Self.answers(second))
    #expect(await gateway.published.count == 3)
    #expect(try gateway.count("repeated") == 3)
    // A gateway that has forgotten its keys makes the same cases of it.
    #expect(try await Self.answers(Gateway().post(Self.list(3), key: "k")) == Self.answers(first))
  }

  @Test func `another list, or a single opinion, under the same key is refused whole`() async throws {
    let gateway = try Gateway()
    _ = try await gateway.post(Self.list(2), key: "k")
    for body in [Self.list(1), Self.list(3), Gateway.opinion] {
      let response = try await gateway.post(body, key: "k")
      #expect(response.head.status == .unprocessableContent)
      #expect(try response.problem.detail.contains("Idempotency-Key"))
    }
    _ = try await gateway.post(Gateway.opinion, key: "single")
    #expect(try await gateway.post(Self.list(2), key: "single").head.status == .unprocessableContent)
    #expect(await gateway.published.count == 3)
  }

  @Test func `a list is taken while the log is away`() async throws {
    let gateway = try Gateway()
    gateway.log.setAway(true)
    #expect(try await gateway.post(Self.list(5), key: "k").head.status == .accepted)
    gateway.log.setAway(false)
    #expect(await gateway.published.count == 5)
  }

  @Test func `where the spool has no room for all of a list, what was taken stays taken`() async throws {
    let gateway = try Gateway { $0.capacity = 1500 }
    gateway.log.setAway(true)
    let response = try await gateway.post(Self.list(10), key: "k")
    #expect(response.head.status.code == 207)
    #expect(response.head.headerFields[.retryAfter] == "5")
    let answers = try Self.answers(response)
    let taken = answers.filter { $0.case != nil }.count
    #expect((1...9).contains(taken))
    #expect(answers.compactMap(\.problem?.status) == Array(repeating: 503, count: 10 - taken))
    gateway.log.setAway(false)
    #expect(await gateway.published.count == taken)
  }

  @Test func `a spool without any room acknowledges nothing of a list`() async throws {
    let gateway = try Gateway { $0.capacity = 1 }
    let response = try await gateway.post(Self.list(5), key: "k")
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.head.headerFields[.retryAfter] == "5")
  }
}
