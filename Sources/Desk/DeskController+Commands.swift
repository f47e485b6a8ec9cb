import Accounts
import Attachments
import Cases
import EventLog
import HTTPTypes
import HTTPValues
import Monitoring
import Offloading
import Outbox
import Streams
import Time
import WebPages

/// What the desk takes.
extension DeskController {
  /// How long a page may be open before its forms have to be sent once more.
  private static let formAge = Duration.seconds(12 * 3600)

  private struct Finding: Sendable {
    let history: CaseHistory
    let rules: FormRules
    let entry: FormRules.Entry
    let merged: CaseID?
    /// Something has come of this very form already.
    let isKnown: Bool
  }

  /// The order of the checks matters: nobody learns of a case before it is known to be theirs, and nothing is sent that they
  /// have not been shown the form of.
  func take(
    _ form: DeskForm, _ id: CaseID, _ request: Request, _ visit: DeskVisit
  ) async throws -> (Sent, Response) {
    let sentForm = SentForm(request)
    let fields = sentForm?.fields
    let token = fields.flatMap { FormToken($0["id"] ?? "", page: visit.page(form, of: id), secret: secret) }
    let (directory, categories, actor) = (directory(), categories, visit.account.actor)
    let found = try await offload.run { [model] () -> Finding? in
      guard let history = try Self.history(of: id, for: visit, in: model) else { return nil }
      let rules = FormRules(
        summary: history.summary, actor: actor, directory: directory, categories: categories)
      let (entry, merged) = try rules.read(form, fields ?? [:]) { text in
        let cases = try model.find(text, in: visit.scope, at: visit.now)
        return cases.count == 1 ? cases[0].id : nil
      }
      // Read after the history, so that a form whose effect is in that is never taken for a new one.
      let isKnown = try token.map { try !model.events(causedBy: $0.id, of: id).isEmpty } ?? false
      return Finding(history: history, rules: rules, entry: entry, merged: merged, isKnown: isKnown)
    }
    guard let found else { return (.forbidden, notFound(visit)) }
    guard let sentForm, fields != nil else {
      return (.malformed, message(visit, \.refusedTitle, \.malformed, .badRequest))
    }
    guard doorkeeper.accepts(fields?[Doorkeeper.formField], of: visit.visitor) else {
      return (.crossSite, message(visit, \.forbiddenTitle, \.crossSite, .forbidden))
    }
    let words = DeskWords(visit.language)
    var files = FormFiles.Taken()
    func again(
      _ sent: Sent, _ token: FormToken?, _ status: HTTPResponse.Status, _ trouble: String
    ) -> (Sent, Response) {
      guard let token = token ?? FormToken(id: makeID(), minted: visit.now) else {
        return (.unavailable, .problem(.internalServerError, "The page cannot be made."))
      }
      let shown = Shown(form: form, token: token, entry: found.entry, trouble: trouble, files: files)
      let summary = found.history.summary
      if form == .disclose { return (sent, askingAgain(summary, visit, shown, status: status)) }
      return (sent, self.shown(found.history, visit, again: shown, trouble: trouble, status: status))
    }
    guard let token else { return again(.stale, nil, .unprocessableContent, words.stale) }
    if found.isKnown { return (.taken, seeOutcome(of: token, form, id, visit)) }
    if let refusal = found.history.summary.rights?.refusal(of: form.kind, by: actor) {
      let text = RefusalWords.text(refusal, in: visit.language)
      return (.forbidden, shown(found.history, visit, trouble: "\(words.forbiddenTitle)：\(text)", status: .forbidden))
    }
    if form.takesFiles {
      let reader = FormFiles(
        store: store, secret: secret, limits: DeskFiles.limits, limit: DeskFiles.limit, logger: logger)
      files = await reader.take(sentForm, form: token.id)
      if files.isUnavailable { return again(.unavailable, token, .serviceUnavailable, words.unavailable) }
    }
    guard token.isFresh(at: visit.now, for: Self.formAge) else {
      // The same form with a new date, so that it stays one command.
      return again(.stale, FormToken(id: token.id, minted: visit.now), .unprocessableContent, words.stale)
    }
    guard found.entry.faults.isEmpty, files.fault == nil else {
      return again(.faulty, token, .unprocessableContent, words.faultsTitle)
    }
    guard
      let command = found.rules.command(
        form, found.entry, by: visit.account.title, merged: found.merged,
        attachments: files.kept.map(\.attachment), at: visit.now)
    else { return again(.faulty, token, .unprocessableContent, words.faultsTitle) }
    switch await outbox.put([output(command, token, id, visit)]) {
    case .durable: return (.taken, seeOutcome(of: token, form, id, visit))
    case .tooLarge: return again(.tooLarge, token, .contentTooLarge, words.tooLarge)
    case .unavailable:
      let (sent, response) = again(.unavailable, token, .serviceUnavailable, words.unavailable)
      return (sent, response.with(.retryAfter, "10"))
    }
  }

  private func output(_ command: CaseCommand, _ token: FormToken, _ id: CaseID, _ visit: DeskVisit) -> Output {
    let event = CloudEvent(
      id: token.id, source: Sources.desk, type: command.type, subject: id.text, time: GivenTime(visit.now),
      data: command.data)
    return Output(to: Topics.commands, event.record(key: id.key))
  }

  private func seeOutcome(of token: FormToken, _ form: DeskForm, _ id: CaseID, _ visit: DeskVisit) -> Response {
    let page = form == .disclose ? "/desk/cases/\(id)/citizen" : "/desk/cases/\(id)"
    return PagePolicy.see("\(page)?sent=\(token.id)&at=\(visit.now.milliseconds)")
  }
}
