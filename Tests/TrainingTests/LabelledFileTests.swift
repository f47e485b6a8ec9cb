import Foundation
import Testing
import Training

struct LabelledFileTests {
  func read(_ contents: String...) throws -> [LabelledOpinion] {
    let paths = contents.map { content in
      let path = Samples.temporary("labelled.jsonl")
      _ = FileManager.default.createFile(atPath: path, contents: Data(content.utf8))
      return path
    }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    return try LabelledFile.read(paths)
  }

  @Test func `a correction takes the place of what it corrects`() throws {
    let opinions = try read(
      "{\"id\":\"1\",\"text\":\"甲\",\"category\":\"民政\"}\n\n{\"id\":null,\"text\":\"乙\",\"category\":\"民政\"}\n",
      "{\"id\":\"1\",\"title\":\"题\",\"text\":\"甲\",\"category\":\"政法\"}\r\n")
    #expect(
      opinions == [
        LabelledOpinion(id: "1", title: "题", text: "甲", category: "政法"),
        LabelledOpinion(id: nil, title: nil, text: "乙", category: "民政"),
      ])
  }

  @Test func `every bad line is named`() {
    let error = #expect(throws: TrainingError.self) {
      try read("{\n{\"text\":\"甲\"}\n{\"text\":\"甲\",\"category\":\"\"}\n{\"text\":\"甲\",\"category\":\"民政\"}\n")
    }
    let lines = error?.description.split(separator: "\n") ?? []
    #expect(lines.count == 3)
    #expect(lines.first?.hasSuffix(":1: data is not JSON") == true)
    #expect(lines.dropFirst().first?.hasSuffix(":2: data.category is missing") == true)
    #expect(lines.last?.hasSuffix(":3: data.category is empty") == true)
  }

  @Test func `a file that isn't there says so`() {
    #expect(throws: TrainingError("/nowhere.jsonl: can't be read")) { try LabelledFile.read(["/nowhere.jsonl"]) }
  }
}
