import Cases
import SeededRandom
import Testing

@testable import Intake

struct OrdinaryOpinionTests {
  private static let full =
    #"{"channel":"wechat","title":"路灯","text":"坏了","code":"c","category":"城乡建设","address":"城南路","citizen":{"id":"a","name":"b","phone":"c","email":"d","anonymous":false}}"#
  private static let samples = [
    full, #"{"text":"坏了"}"#, " {\n\"text\" : \"\u{7f}👨‍👩‍👧\" ,\r\"citizen\"\t:{\"anonymous\":true}} ",
    #"{"text":"坏了","citizen":{"name":"王","anonymous":false},"title":""}"#,
  ]

  @Test(arguments: samples) func `what nearly everyone sends is read as its Codable form is`(_ body: String) throws {
    let read = OrdinaryOpinion.read(Array(body.utf8))
    #expect(try read == JSONData.decode(OpinionForm.self, from: Array(body.utf8)).opinion)
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"title":"x"}"#, #"{"text":"a\nb"}"#, #"{"text":null}"#, #"{"text":"a","text":"b"}"#,
    #"{"text":"a","other":1}"#, #"{"text":"a","title":null}"#, #"{"text":"a","citizen":{}}"#,
    #"{"text":"a","location":{"latitude":1,"longitude":2}}"#, #"{"text":"a"}x"#, #"{"text":"a",}"#, #"{"text":"a""#,
    "\u{feff}{\"text\":\"a\"}", "{\"text\":\"a\u{1}\"}",
  ])
  func `everything out of the ordinary is left to the Codable form`(_ body: String) {
    #expect(OrdinaryOpinion.read(Array(body.utf8)) == nil)
  }

  @Test func `however a body is mutated, both read it alike or the Codable form alone does`() {
    let pieces = [
      "{", "}", ",", ":", "\"", "\\", "\\n", "null", "true", "false", " ", "\u{0}", "\u{feff}", #""text":"x","#,
      #""citizen":{"anonymous":true},"#, #""location":null,"#,
    ]
    var mutator = Mutator(Self.samples, pieces: pieces, seed: 42)
    var ordinary = 0
    let count = Mutator.count(usually: 20_000)
    for _ in 0..<count {
      let body = mutator.next()
      guard let read = OrdinaryOpinion.read(body) else { continue }
      ordinary += 1
      #expect(read == (try? JSONData.decode(OpinionForm.self, from: body))?.opinion)
    }
    print("mutated opinions, seed 42: \(ordinary) of \(count) read as ordinary")
    #expect(ordinary > count / 100)
  }
}
