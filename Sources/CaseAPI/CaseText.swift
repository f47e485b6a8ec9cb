import Cases
import FoundationEssentials
import Monitoring

/// A case as JSON for those who handle it: all that its report says, personal numbers masked wherever somebody wrote.
struct CaseText {
  /// The members that hold what people wrote.
  private static let written: Set = ["title", "text", "address", "reason", "ground", "why", "by", "leader"]

  private var members: [String: JSONTree]

  /// - Parameters:
  ///   - mask: hides the personal numbers in a text.
  ///   - isOverdue: open, and its last day has passed, or answered too late.
  init(_ history: CaseHistory, isOverdue: Bool, mask: (String) -> String) throws {
    let report = JSONData.encode(CaseReport(history, isOverdue: isOverdue))
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(report)).changing(Self.written, mask)
    guard case .object(let members) = tree else { throw APIProblem.unavailable }
    self.members = members
    let causes = Dictionary(history.events.map { ($0.sequence, $0.cause) }, uniquingKeysWith: { first, _ in first })
    lines = (members["history"]?.items ?? []).compactMap { line in
      guard case .object(var line) = line, case .number(let sequence)? = line["sequence"] else { return nil }
      if let cause = causes[Int(sequence)] ?? nil { line["cause"] = .text(cause) }
      return (Int(sequence), .object(line))
    }
    self.members["history"] = .list(lines.map(\.text))
  }

  /// The events, each with its `ce_sequence`, in order.
  let lines: [(sequence: Int, text: JSONTree)]

  /// The whole case, with what somebody may do with it, and where its attachments can be had.
  func whole(commands: [CaseCommand.Kind], attachmentLink: (String) -> String?) -> JSONTree {
    var members = members
    members["commands"] = .list(commands.map { .text($0.rawValue) })
    if case .object(var statement)? = members["statement"], case .list(let attachments)? = statement["attachments"] {
      statement["attachments"] = .list(
        attachments.map { attachment in
          guard case .object(var attachment) = attachment, let link = attachment["url"]?.text.flatMap(attachmentLink)
          else { return attachment }
          attachment["link"] = .text(link)
          return .object(attachment)
        })
      members["statement"] = .object(statement)
    }
    return .object(members)
  }
}
