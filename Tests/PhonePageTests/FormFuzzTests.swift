import Cases
import HTTPTypes
import HTTPValues
import PhonePage
import SeededRandom
import Testing
import Time

/// Any bytes at all get an answer that is a page: no trap, no endless work, no fault of ours.
struct FormFuzzTests {
  private static let words = ["&", "=", "%", "%00", "+", "\r\n", "--edge", "form", "text", "named"].map {
    Array($0.utf8)
  }

  @Test(arguments: [true, false]) func `mutated forms are taken or refused`(isMultipart: Bool) async throws {
    var random = SeededGenerator(seed: 20_260_926)
    print("mutated forms, \(isMultipart ? "multipart" : "urlencoded"): seed 20260926, \(FuzzSize.count) inputs")
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q/deputy").hidden("form"))
    let fields = [
      "form": form, "text": "路灯坏了", "place": "学校", "who": "named", "contact": "13912345678", "latitude": "29.5",
      "longitude": "106.5", "category": "城乡建设",
    ]
    let (type, body) = isMultipart ? Visitor.multipart(fields, [[0xff, 0xd8, 0xff, 0xe0]]) : Visitor.encoded(fields)
    var answers: [Int: Int] = [:]
    for _ in 0..<FuzzSize.count {
      let response = try await visitor.send(
        .post, "/q/deputy", headers: ["Content-Type": type], body: body.mutated(by: &random, words: Self.words))
      answers[response.head.status.code, default: 0] += 1
    }
    #expect(answers.keys.allSatisfy { [303, 400, 422].contains($0) }, "\(answers)")
    #expect(answers[422, default: 0] > 0 && answers[400, default: 0] > 0, "\(answers)")
  }

  @Test func `mutated form tokens are never ours`() throws {
    var random = SeededGenerator(seed: 20_260_927)
    print("mutated form tokens: seed 20260927, \(FuzzSize.count) inputs")
    let secret = try #require(CaseKey.Secret(Array("an operator's secret".utf8)))
    let token = try #require(FormToken(id: "form-1", minted: Instant(milliseconds: 1_790_215_200_000)))
    let text = token.text(page: "q", secret: secret)
    #expect(FormToken(text, page: "q", secret: secret) == token)
    for _ in 0..<FuzzSize.count {
      let input = String(
        decoding: Array(text.utf8).mutated(by: &random, words: [[0x2e], Array("-9223372036854775808".utf8)]),
        as: UTF8.self)
      guard input != text else { continue }
      #expect(FormToken(input, page: "q", secret: secret) == nil)
    }
  }
}
