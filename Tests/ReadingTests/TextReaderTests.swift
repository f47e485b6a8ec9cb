import SeededRandom
import Cases
import Testing

@testable import Reading

struct TextReaderTests {
  private func reader() throws -> TextReader {
    let stations = [
      Directory.Station(id: "county", name: "总站", level: .county),
      Directory.Station(id: "liu", name: "柳河镇联络站", level: .township, parent: "county", region: "柳河镇"),
    ]
    return TextReader(directory: try Directory(version: "d-1", stations: stations))
  }

  @Test func `one reading holds all that the text says`() throws {
    let reading = try reader().read(title: "柳河镇有煤气味", text: "已向法院起诉。电话13812345678")
    #expect(reading.places.map(\.word) == ["柳河镇"])
    #expect(reading.region == "liu")
    #expect(reading.urgent.map(\.sign) == ["燃气泄漏"])
    #expect(reading.isUrgent)
    #expect(reading.legal.map(\.sign) == ["诉讼"])
    #expect(reading.personalNumbers.map(\.kind) == [.mobile])
    #expect(reading.version == "reading-1+urgency-1+legal-1+d-1")
    #expect(reading.masked("已向法院起诉。电话13812345678", field: .text) == "已向法院起诉。电话138****5678")
    #expect(reading.masked("柳河镇有煤气味", field: .title) == "柳河镇有煤气味")
  }

  @Test(arguments: ["", " ", "😀🔥", "\u{200B}", "Where is the bus stop?", "路灯坏了", "\0\u{7}"])
  func `a text that says nothing of the kind gives an empty reading`(text: String) throws {
    let reading = try reader().read(title: nil, text: text)
    #expect(reading == TextReading(version: reading.version))
    #expect(!reading.isUrgent)
  }

  @Test func `the numbers themselves are nowhere in a reading`() throws {
    let text = "身份证\(Numbers.identity("11010119900307461"))，卡\(Numbers.card("400012345678901"))，电话０７３１－８８１２３４５６"
    let reading = try reader().read(title: "13812345678", text: text)
    #expect(reading.personalNumbers.map(\.kind) == [.mobile, .identity, .bankCard, .landline])
    let bytes = String(decoding: JSONData.encode(reading), as: UTF8.self)
    // Spans are short numbers; nothing of five digits is one.
    #expect(bytes.split(whereSeparator: { !$0.isNumber }).allSatisfy { $0.count < 5 })
    #expect(try JSONData.decode(TextReading.self, from: Array(bytes.utf8)) == reading)
  }

  @Test func `a classification carries its reading, and one without is read as before`() throws {
    var classification = Classification(category: "民政", confidence: 0.5, why: [], version: "v")
    let old = JSONData.encode(classification)
    #expect(!String(decoding: old, as: UTF8.self).contains("reading"))
    #expect(try JSONData.decode(Classification.self, from: old) == classification)
    classification.reading = try reader().read(title: nil, text: "柳河镇着火了")
    #expect(try JSONData.decode(Classification.self, from: JSONData.encode(classification)) == classification)
  }

  @Test(.timeLimit(.minutes(1)))
  func `the longest opinion gives a short reading`() throws {
    let text = String(repeating: "柳河镇着火了，起诉13812345678，漏气。", count: 4000)
    let reading = try reader().read(title: text, text: text)
    #expect(JSONData.encode(reading).count < 40_000)
    #expect(reading.personalNumbers.count == 2 * TextReading.maximumNumbers)
    #expect(reading.personalNumbers.last?.span.end == text.unicodeScalars.count - 4)
    #expect(!reading.masked(text, field: .text).contains("13812345678"))
  }

  @Test func `spans lie in the text, in order, and say what stands there`() throws {
    let reader = try reader()
    let seed: UInt64 = 77
    print("seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    let parts = ["柳河镇", "柳河鎮", "着火", "起诉", "13812345678", "，", "😀", "\u{200B}", "路", "ａ", "仲裁", "\n", "煤气味"]
    for round in 0..<2000 {
      func random() -> String {
        (0..<Int.random(in: 0...15, using: &chance)).map { _ in parts.randomElement(using: &chance) ?? "" }.joined()
      }
      let (title, text) = (random(), random())
      let reading = reader.read(title: title, text: text)
      let scalars = [TextReading.Field.title: Array(title.unicodeScalars), .text: Array(text.unicodeScalars)]
      func written(_ span: TextReading.Span) -> [UInt32] {
        let field = scalars[span.field] ?? []
        guard 0 <= span.start, span.start < span.end, span.end <= field.count else { return [] }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: field[span.start..<span.end])
        return FoldedText(String(view)).scalars
      }
      for place in reading.places { #expect(written(place.span) == FoldedText(place.word).scalars, "round \(round)") }
      for sign in reading.urgent + reading.legal {
        #expect(sign.spans.map(written) == sign.words.map { FoldedText($0).scalars }, "round \(round)")
      }
      for number in reading.personalNumbers { #expect(written(number.span).count == 11, "round \(round)") }
      #expect(reader.read(title: title, text: text) == reading)
    }
  }
}
