import Cases
import Monitoring
import Time
import WebPages

/// What a list says of one case, ready for a page or a file: nothing that a citizen wrote or is.
struct CaseRowText {
  let address: String
  let number: String
  let standing: String
  let owner: String
  let offered: String?
  let category: String
  let receivedAt: String
  let dueOn: String
  let isProvisional: Bool
  let daysLate: String
  let step: String
  let lastEvent: String
  let lastTime: String

  init(_ line: CaseLine, _ words: ListWords, _ caseWords: Words, _ late: inout DaysLate) {
    address = "/cases/\(line.id.text)"
    number = line.number ?? line.id.text
    standing =
      line.overdue
      ? (line.isOpen ? words.overdue : "\(words.name(of: line.stage)) (\(words.answeredLate))")
      : words.name(of: line.stage)
    owner = line.owner?.name ?? words.noOwner
    offered = line.offered.flatMap { $0 == line.owner ? nil : $0.name }
    category = [line.category, line.subcategory].compactMap(\.self).joined(separator: " / ")
    receivedAt = line.received.instant.forReading
    dueOn = line.due.description
    isProvisional = line.provisional
    daysLate = late.count(line).map { "\($0)" } ?? ""
    step = line.step.map { words.name(of: $0) } ?? ""
    lastEvent = caseWords.events[line.lastEvent] ?? line.lastEvent
    lastTime = line.lastTime?.instant.forReading ?? ""
  }
}
