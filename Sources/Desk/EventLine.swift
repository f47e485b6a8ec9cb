import Cases
import Monitoring
import Time
import WebPages

/// An event of a case in a line: what happened, and what a clerk asks of it first. The whole story stands on the case's own
/// page. Nothing of it says who the citizen is.
struct EventLine {
  let sequence: Int
  let name: String
  let detail: String?
  let at: String

  /// - Parameter isErased: the citizen is to be forgotten.
  init(_ event: RecordedEvent, isErased: Bool = false, in language: Language) {
    sequence = event.sequence
    name = EventWords.name(of: CaseEvent.name(of: event.type) ?? event.type, in: language)
    detail = event.event.flatMap { Self.detail(isErased ? $0.erased : $0, language) }
    at = event.time?.instant.forReading ?? ""
  }

  private static func detail(_ event: CaseEvent, _ language: Language) -> String? {
    func list(_ parts: String?...) -> String? {
      let text = parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
      return text.isEmpty ? nil : text
    }
    let due = Phrase("期限", "due")(language)
    return switch event {
    case .classified(let data): list(data.category, data.subcategory, data.correction?.by, data.correction?.reason)
    case .assigned(let data): list(data.owner.name, data.reason)
    case .signed(let data): list(data.owner.name)
    case .returned(let data): list(data.from.name, data.reason)
    case .transferred(let data): list(data.from.name, data.reason)
    case .coHandled(let data): list(data.by, data.reason)
    case .escalated(let data): list(data.from.name, data.reason)
    case .replied(let data): list(data.reply.by, EventWords.method(data.reply.method.rawValue, in: language))
    case .refused(let data): list(data.refusal.by, data.refusal.ground)
    case .extensionRequested(let data): list(data.by, "\(data.workingDays)", data.reason)
    case .raised(let data), .extended(let data), .resumed(let data):
      list(data.by == "system" ? nil : data.by, "\(due) \(data.to.due)", data.reason)
    case .deadlineChanged(let data): list("\(due) \(data.to.due)", data.reason)
    case .extensionDenied(let data), .erased(let data): list(data.by, data.reason)
    case .paused(let data): list(data.by, data.reason, data.until.instant.forReading)
    case .supervised(let data): list(data.leader, data.number.map { "#\($0)" })
    case .supervisionRequested(let data): list(data.by, data.leader, data.reason)
    case .supervisionDenied(let data): list(data.leader, RefusalWords.text(data.reason, in: language))
    case .reopened(let data): list(data.by, data.reason, "\(due) \(data.deadline.due)")
    case .merged(let data): list(data.into.text, data.by, data.reason)
    case .unmerged(let data): list(data.from.text, data.by, data.reason)
    case .mergeDeclined(let data): list(data.other.text, RefusalWords.text(data.reason, in: language))
    case .reviewed(let data): list(data.by, data.text)
    case .rated(let data): list(EventWords.satisfaction(data.satisfaction.rawValue, in: language))
    case .disclosed(let data): list(data.by, data.reason)
    case .refusedCommand(let data): list(data.by, RefusalWords.text(data.reason, in: language))
    case .closed(let data): list(data.by)
    case .overdue(let data), .reminded(let data), .reported(let data), .reviewDue(let data): "\(due) \(data.due)"
    default: nil
    }
  }
}
