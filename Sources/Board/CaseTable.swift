import Cases
import Monitoring
import Time

/// A list of cases as a file.
enum CaseTable {
  /// As many lines as a file has at most.
  static let mostLines = 100_000

  static func header(_ words: ListWords) -> [String] {
    [
      words.number, words.id, words.standing, words.owner, words.ownerKind, words.offered, words.category,
      words.subcategory, words.received, words.due, words.provisional, words.workingDaysLate, words.step,
      words.lastEvent, words.lastTime,
    ]
  }

  static func cells(
    _ line: CaseLine, _ words: ListWords, _ caseWords: Words, _ late: inout DaysLate
  ) -> [String] {
    let text = CaseRowText(line, words, caseWords, &late)
    return [
      line.number ?? "", line.id.text, text.standing, line.owner?.name ?? "",
      line.owner.map { words.name(of: $0.kind) } ?? "", line.offered?.name ?? "", line.category ?? "",
      line.subcategory ?? "", text.receivedAt, text.dueOn, line.provisional ? words.yes : "", text.daysLate,
      text.step, text.lastEvent, text.lastTime,
    ]
  }
}
