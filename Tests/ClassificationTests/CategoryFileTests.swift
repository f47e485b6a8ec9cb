import Classification
import Testing
import YAMLForms

struct CategoryFileTests {
  let good = """
    version: v1
    categories:
      - name: 甲
        clear: [路灯]
        topics:
          - name: 子
            terms: [灯]
      - {name: 乙, good: [学校]}
    rules:
      - {words: [路灯], category: 乙}
    """

  @Test func `a good file is read`() throws {
    let categories = try CategoryFile.parse(good, file: "c.yaml")
    #expect(categories.names == ["甲", "乙"] && categories.version == "v1" && categories.topics(of: "甲") == ["子"])
  }

  @Test(arguments: [
    ("version: v1", "", "the file has no version"),
    ("clear: [路灯]", "claer: [路灯]", "c.yaml:4: a category has the unknown key claer"),
    ("clear: [路灯]", "clear: 路灯", "c.yaml:4: clear is not a list"),
    ("clear: [路灯]", "clear: [路灯, 路灯]", "c.yaml:3: 路灯 stands twice among the words of 甲"),
    ("clear: [路灯]", "clear: ['']", "c.yaml:4: one of clear is empty"),
    ("name: 乙, ", "name: 甲, ", "c.yaml:8: category 甲 stands twice"),
    ("category: 乙", "category: 丙", "c.yaml:10: the rule's category 丙 is none of those above"),
    ("category: 乙", "category: 甲, topic: 丑", "c.yaml:10: the rule's topic 丑 is none of 甲"),
    ("words: [路灯]", "words: []", "c.yaml:10: a rule has no words"),
    ("version: v1", "version: [", "not YAML"),
  ])
  func `a fault is named by its line`(part: String, replacement: String, message: String) {
    let error = #expect(throws: InvalidFile.self) {
      try CategoryFile.parse(good.replacing(part, with: replacement), file: "c.yaml")
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func `a file that isn't there, and an empty one, say so`() {
    #expect(throws: InvalidFile.self) { try CategoryFile.read("/nowhere/c.yaml") }
    #expect(throws: InvalidFile.self) { try CategoryFile.parse("", file: "c.yaml") }
  }

  @Test func `too many words are refused, not trapped on`() {
    let words = (0..<6000).map { "'长长的词\($0)'" }.joined(separator: ",")
    let error = #expect(throws: InvalidFile.self) {
      try CategoryFile.parse(good.replacing("[学校]", with: "[\(words)]"), file: "c.yaml")
    }
    #expect(error?.description.contains("more than 65000 bytes") == true)
  }
}
