import Cases
import Classification
import Foundation
import Testing

/// Over real messages, which lie beside the project and only where `HUIYIN_TEST_DATA` names their folder.
struct LabelledOpinionsTests {
  struct Labelled: Decodable {
    let title: String
    let text: String
    let category: String
  }

  static let folder = ProcessInfo.processInfo.environment["HUIYIN_TEST_DATA"]

  @Test(.enabled(if: folder != nil, "HUIYIN_TEST_DATA does not name the folder of real messages"))
  func `four of five real messages get the category that people gave them`() throws {
    let file = URL(filePath: try #require(Self.folder)).appending(path: "opinions-labelled.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let rules = Rules()
    let right = try lines.count { line in
      let labelled = try JSONDecoder().decode(Labelled.self, from: Data(line.utf8))
      return rules.classify(title: labelled.title, text: labelled.text).category == labelled.category
    }
    #expect(lines.count > 1000)
    #expect(Double(right) / Double(lines.count) > 0.8, "\(right) of \(lines.count)")
  }
}
