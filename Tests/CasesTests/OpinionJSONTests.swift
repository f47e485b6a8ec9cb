import Cases
import SeededRandom
import Testing

struct OpinionJSONTests {
  private static let texts = [
    "", "路灯坏了。", "a/b", "\"", "\\", "\u{7f}", "\u{85}", "\u{2028}", "👨‍👩‍👧", "e\u{301}", "\r\n",
    String((0..<0x20).compactMap { UnicodeScalar($0).map(Character.init) }),
  ]

  @Test func `an opinion written directly is the same bytes as one written by its Codable form`() {
    var random = SeededGenerator(seed: 41)
    print("opinions as JSON, seed 41")
    func text() -> String {
      (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Self.texts.randomElement(using: &random) ?? ""
      }.joined()
    }
    func perhaps<Value>(_ value: @autoclosure () -> Value) -> Value? { Bool.random(using: &random) ? value() : nil }
    func degrees() -> Double {
      let units: [Double] = [1, 1e-3, 1e-7, 1e-300, 1e17]
      let unit = units.randomElement(using: &random) ?? 1
      let number = Double.random(in: -180...180, using: &random)
      return (Bool.random(using: &random) ? number.rounded() : number) * unit
    }
    for _ in 0..<2000 {
      let opinion = Opinion(
        channel: text(), title: perhaps(text()), text: text(), code: perhaps(text()),
        scan: perhaps(
          Scan(
            standing: Scan.Standing.allCases.randomElement(using: &random) ?? .valid,
            kind: Scan.Kind.allCases.randomElement(using: &random), holder: perhaps(text()), activity: perhaps(text()),
            place: perhaps(text()), category: perhaps(text()))),
        category: perhaps(text()), subcategory: perhaps(text()), address: perhaps(text()),
        location: perhaps(Location(latitude: degrees(), longitude: degrees())),
        citizen: Citizen(
          id: perhaps(text()), name: perhaps(text()), phone: perhaps(text()), email: perhaps(text()),
          anonymous: Bool.random(using: &random),
          subscription: perhaps(Subscription(once: perhaps([text(), text()]), always: perhaps([])))),
        attachments: perhaps(
          (0..<Int.random(in: 0...2, using: &random)).map { _ in Opinion.Attachment(url: text(), mediaType: text()) }))
      #expect(opinion.json == JSONData.encode(opinion))
    }
  }

  /// A field that is added to one of these must be written by `Opinion.json` too, and drawn above.
  @Test func `no field is forgotten`() {
    func count(_ value: Any) -> Int { Mirror(reflecting: value).children.count }
    #expect(count(Opinion(channel: "", text: "")) == 11)
    #expect(count(Citizen()) == 6)
    #expect(count(Subscription()) == 2)
    #expect(count(Scan(standing: .valid)) == 6)
    #expect(count(Location(latitude: 0, longitude: 0)) == 2)
    #expect(count(Opinion.Attachment(url: "", mediaType: "")) == 2)
  }
}
