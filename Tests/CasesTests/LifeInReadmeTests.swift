import Cases
import Foundation
import Testing

/// README shows the table of a case's life as it is.
struct LifeInReadmeTests {
  private static func cell(_ outcome: CaseLife.Outcome, in stage: CaseStage) -> String {
    switch outcome {
    case .refused: "–"
    case .leads(let stages):
      stages.sorted { place($0) < place($1) }.map { $0 == stage ? "·" : $0.rawValue }
        .joined(separator: ", ")
    }
  }

  private static func place(_ stage: CaseStage) -> Int { CaseStage.allCases.firstIndex(of: stage) ?? 0 }

  private static func row(_ name: String, _ outcome: (CaseStage) -> CaseLife.Outcome) -> String {
    "| " + ([name] + CaseStage.allCases.map { cell(outcome($0), in: $0) }).joined(separator: " | ") + " |\n"
  }

  static var table: String {
    var table = "| | " + CaseStage.allCases.map(\.rawValue).joined(separator: " | ") + " |\n"
    table += "|---|" + CaseStage.allCases.map { _ in "---|" }.joined() + "\n"
    for kind in CaseCommand.Kind.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
      table += row("`\(kind.rawValue)`") { CaseLife.outcome(of: kind, in: $0) }
    }
    for kind in CaseLife.TimerKind.allCases {
      table += row("*\(kind.rawValue)*") { CaseLife.outcome(of: kind, in: $0) }
    }
    return table
  }

  @Test func `README shows what each command and each timer does in each stage`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    #expect(try String(contentsOf: readme, encoding: .utf8).contains(Self.table), "it should show:\n\(Self.table)")
  }
}
