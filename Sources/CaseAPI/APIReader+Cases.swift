import Accounts
import Cases
import HTTPTypes
import HTTPValues
import Monitoring
import Time

extension APIReader {
  /// For how long a look at personal data is good.
  static let lookTime = Duration.seconds(15 * 60)

  func oneCase(_ id: CaseID, _ call: APICall) throws -> Response {
    _ = try call.query()
    let history = try history(id, call)
    let commands = history.summary.possibleCommands(for: call.visitor.account.actor)
      .filter { $0 == .disclose || CommandForm.members(of: $0) != nil }
    return .json(
      try text(history, call).whole(commands: commands, attachmentLink: { attachmentLink($0, id) }))
  }

  func events(_ id: CaseID, _ call: APICall) throws -> Response {
    let query = try call.query("after", "limit")
    let after = try query.number("after", in: 0...1_000_000) ?? 0
    let limit = try query.number("limit", in: 1...Page.longest) ?? Page.usual
    let lines = try text(try history(id, call), call).lines.filter { $0.sequence > after }
    let page = lines.prefix(limit)
    let next = lines.count > limit ? page.last.map { String($0.sequence) } : nil
    let view = EventListView(events: page.map(\.text), next: next)
    return Response.json(view).linked(to: next, call.request)
  }

  func outcome(_ id: CaseID, _ command: String, _ call: APICall) throws -> Response {
    _ = try call.query()
    let history = try history(id, call)
    let events = history.events.filter { $0.cause == command }
    let places = Set(events.map(\.sequence))
    var reason: String?
    for event in events {
      if case .refusedCommand(let refused) = event.event { reason = refused.reason }
    }
    let lines = try text(history, call).lines.filter { places.contains($0.sequence) }.map(\.text)
    return .json(
      OutcomeView(
        id: command, state: events.isEmpty ? .pending : reason == nil ? .done : .refused, reason: reason,
        events: lines))
  }

  /// Personal data: only to whom, as the case's history says, they were disclosed, and for a short time.
  func citizen(_ id: CaseID, _ call: APICall) throws -> Response {
    guard let look = try call.query("look").text("look") else {
      throw APIProblem.malformed("look", "The parameter look is missing: the id that asking for disclosure gave.")
    }
    let history = try history(id, call)
    let account = call.visitor.account
    let disclosed = history.events.first { event in
      guard event.cause == look, case .disclosed(let data) = event.event else { return false }
      return data.actor == account.actor && data.by == account.title
    }
    guard let time = disclosed?.time?.instant else { throw APIProblem.notFound }
    guard call.now - time <= Self.lookTime else {
      throw APIProblem.forbidden("The look at personal data is over: ask for disclosure anew.")
    }
    return .json(CitizenView(try model.contact(of: id), history.summary.submission.statement))
  }

  /// - Throws: ``APIProblem/notFound`` for a case that isn't there, or is none of theirs.
  private func history(_ id: CaseID, _ call: APICall) throws -> CaseHistory {
    guard try model.isVisible(id, to: call.scope), let history = try model.history(of: id) else {
      throw APIProblem.notFound
    }
    return history
  }

  private func text(_ history: CaseHistory, _ call: APICall) throws -> CaseText {
    let summary = history.summary
    let isOverdue = summary.overdue || summary.phase == .open && summary.deadline.expires.instant <= call.now
    return try CaseText(history, isOverdue: isOverdue, mask: mask)
  }
}
