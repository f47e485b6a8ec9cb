import Cases
import Testing

@testable import Reading
import YAMLForms

struct SignTests {
  private func signs(_ list: SignList, _ text: String, title: String = "") -> [String] {
    SignFinder(list).signs(title: FoldedText(title), text: FoldedText(text)).map(\.sign)
  }

  @Test(arguments: [
    ("楼下煤气味很重，怕是漏气了", ["燃气泄漏"]), ("老人想不开要跳楼", ["生命危险"]), ("对面工厂着火，还有爆炸声", ["火灾爆炸"]),
    ("教学楼墙体倾斜，随时会塌", ["坍塌滑坡"]), ("幼儿园老师虐待孩子", ["未成年人受害"]), ("天然氣洩漏", ["燃气泄漏"]),
    ("煤 气味", []), ("煤\u{200B}气味", ["燃气泄漏"]), ("雨后山体滑坡，有人被困", ["生命危险", "坍塌滑坡"]),
    // What only looks like one.
    ("商场跳楼价大甩卖", []), ("要预防火灾", []), ("消防通道被占，有安全隐患", []), ("漏电保护器该换了", []), ("家里漏电了", ["生命危险"]),
    ("火车站旁的路灯坏了", []), ("雨水从落水管漏进来", []), ("楼道堆满杂物，一旦发生火灾跑不出来", []), ("职业病危害", []), ("昨晚发生火灾", ["火灾爆炸"]), ("路灯坏了", []),
    ("", []),
  ])
  func `signs of urgency are found, and what only looks like them is not`(text: String, expected: [String]) {
    #expect(signs(.urgency, text) == expected)
  }

  @Test(arguments: [
    ("我已向法院起诉，一审判决后不服", ["诉讼"]), ("正在申请行政复议", ["行政复议"]), ("劳动仲裁裁决书下来了", ["仲裁"]),
    ("市里说三级终结，不再受理", ["信访终结"]), ("法院门口的公交站太远", []), ("被告知要等三天", []), ("訴訟中", ["诉讼"]),
    ("仲裁后又上诉", ["诉讼", "仲裁"]),
  ])
  func `matters of other procedures are flagged`(text: String, expected: [String]) {
    #expect(signs(.legal, text) == expected)
  }

  @Test func `a sign says which words it was and where each stands first`() {
    let found = SignFinder(.urgency).signs(title: FoldedText("煤气味"), text: FoldedText("有煤气味，漏气，又漏气"))
    #expect(
      found == [
        TextReading.Sign(
          sign: "燃气泄漏", words: ["煤气味", "漏气"],
          spans: [.init(field: .title, start: 0, end: 3), .init(field: .text, start: 5, end: 7)])
      ])
  }

  @Test func `each word of the built-in lists is found as what it is`() {
    for list in [SignList.urgency, .legal] {
      for entry in list.entries {
        for word in entry.words { #expect(signs(list, word) == [entry.sign], "\(word)") }
        for word in entry.except { #expect(signs(list, word) == [], "\(word)") }
      }
    }
  }

  @Test func `no sign has more words than are listed`() throws {
    let words = (0..<30).map { "词\($0)号" }
    let list = try SignList(version: "v", entries: [SignList.Entry(sign: "多", words: words)])
    let found = SignFinder(list).signs(title: FoldedText(""), text: FoldedText(words.joined(separator: "，")))
    #expect(found.map(\.words) == [Array(words.prefix(TextReading.maximumWords))])
    #expect(found[0].spans.count == TextReading.maximumWords)
  }

  private let good = """
    version: mine-1
    signs:
      - sign: 燃气泄漏
        words: [煤气味, 漏气]
        except: [煤气味精]
      - {sign: 桥, words: [桥塌了]}
    """

  @Test func `an operator's list is read`() throws {
    let list = try SignFile.parse(good, file: "s.yaml")
    #expect(
      list
        == (try SignList(
          version: "mine-1",
          entries: [
            .init(sign: "燃气泄漏", words: ["煤气味", "漏气"], except: ["煤气味精"]), .init(sign: "桥", words: ["桥塌了"]),
          ])))
    #expect(signs(list, "煤气味精，桥塌了") == ["桥"])
  }

  @Test(arguments: [
    ("version: mine-1\n", "", "s.yaml:1: the list has no version"),
    ("mine-1", "a b", "s.yaml:1: the version must be 1 to 64 of A-Z a-z 0-9 . _ -"),
    ("except:", "but:", "s.yaml:5: a sign has the unknown key but"),
    ("sign: 燃气泄漏", "sign: ''", "s.yaml:3: the sign has no name"),
    ("sign: 桥", "sign: 燃气泄漏", "s.yaml:6: the sign 燃气泄漏 stands twice"),
    ("[桥塌了]", "[]", "s.yaml:6: the sign 桥 has no words"), ("[桥塌了]", "['']", "s.yaml:6: the sign 桥 has an empty word"),
    ("[桥塌了]", "[漏氣]", "s.yaml:6: the word 漏氣 of the sign 桥 is already one of 燃气泄漏"),
    ("[桥塌了]", "桥塌了", "s.yaml:6: words is not a list"), ("[桥塌了]", "[{}]", "s.yaml:6: one of words is not text"),
    ("words: [煤气味, 漏气]", "x: 1\n    x: 2", "s.yaml:4: in one mapping stands twice: x"),
  ])
  func `what is wrong with a list is said with file and line`(part: String, other: String, fault: String) throws {
    let error = #expect(throws: InvalidFile.self) {
      try SignFile.parse(good.replacing(part, with: other), file: "s.yaml")
    }
    #expect(error?.description == fault)
  }

  @Test(arguments: [
    ("", "s.yaml: the file is empty"), ("- a", "s.yaml:1: the list is not a mapping of keys to values"),
  ])
  func `what is no list at all is said`(yaml: String, fault: String) {
    let error = #expect(throws: InvalidFile.self) { try SignFile.parse(yaml, file: "s.yaml") }
    #expect(error?.description == fault)
  }

  @Test func `a missing file is said`() {
    let error = #expect(throws: InvalidFile.self) { try SignFile.read("/nowhere/s.yaml") }
    #expect(error?.description == "/nowhere/s.yaml: can't be read")
  }
}
