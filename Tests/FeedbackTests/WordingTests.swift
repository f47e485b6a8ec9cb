import Testing

@testable import Feedback

struct WordingTests {
  private func text(_ words: String, _ values: [Placeholder: String]) throws -> String {
    try Wording(words, allowed: Set(Placeholder.allCases)).text { values[$0] }
  }

  private func fault(_ words: String, allowed: Set<Placeholder> = [.number, .reply, .due]) -> String? {
    do throws(Wording.Fault) {
      _ = try Wording(words, allowed: allowed)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func `placeholders are filled in, as they are`() throws {
    #expect(
      try text("编号{number}：{reply}{reply}", [.number: "7", .reply: "<b>{due}</b>"]) == "编号7：<b>{due}</b><b>{due}</b>")
  }

  @Test func `a line that fills in what isn't known is left out`() throws {
    #expect(try text("答复\n期限{due}\n单位{owner}\n", [.owner: "住建局"]) == "答复\n单位住建局")
    #expect(try text("答复\n期限{due}", [.due: ""]) == "答复")
  }

  @Test func `a placeholder that is unknown, or has no value there, is a fault`() {
    #expect(fault("你好{name}") == "has the unknown placeholder {name}")
    #expect(fault("你好{ number}") == "has the unknown placeholder { number}")
    #expect(fault("你好{link}") == "can't say {link}, which has no value there")
  }

  @Test func `a brace alone is a fault`() {
    #expect(fault("你好{number") == "has a brace without its other half")
    #expect(fault("你好}") == "has a brace without its other half")
  }

  @Test func `one line can always be said`() {
    let none = "has no line that can always be said: one without placeholders but {number} and {reply}"
    for words in ["", " \n", "期限{due}", "{number}", "{reply}\n期限{due}"] { #expect(fault(words) == none, "\(words)") }
    #expect(fault("答复{reply}\n期限{due}") == nil)
  }
}
