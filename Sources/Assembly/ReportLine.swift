package import Cases
import FoundationEssentials
package import Time

/// What became of one case: a line of the report of `huiyin replay`.
package struct ReportLine: Hashable, Codable, Sendable {
  package var `case`: String
  package var received: String
  package var due: CalendarDate
  package var replied: String?
  package var workingDays: Int?
  package var overdue: Bool
  package var category: String?
  package var owner: String?
  package var events: Int

  package init(_ summary: CaseSummary) {
    `case` = summary.id.text
    received = summary.submission.received.text
    due = summary.deadline.due
    replied = summary.replied?.text
    workingDays = summary.workingDays
    overdue = summary.overdue
    category = summary.category
    owner = summary.owner?.id
    events = summary.events
  }

  /// One line of JSON; what isn't known is `null`, so that every line has every field.
  package var line: [UInt8] {
    var text = Array("{".utf8)
    func add(_ name: String, _ value: [UInt8]?) {
      if text.count > 1 { text.append(contentsOf: ", ".utf8) }
      text.append(contentsOf: "\"\(name)\": ".utf8)
      text.append(contentsOf: value ?? Array("null".utf8))
    }
    add("case", JSONData.encode(`case`))
    add("received", JSONData.encode(received))
    add("due", JSONData.encode(due))
    add("replied", replied.map { JSONData.encode($0) })
    add("workingDays", workingDays.map { JSONData.encode($0) })
    add("overdue", JSONData.encode(overdue))
    add("category", category.map { JSONData.encode($0) })
    add("owner", owner.map { JSONData.encode($0) })
    add("events", JSONData.encode(events))
    text.append(contentsOf: "}\n".utf8)
    return text
  }
}
