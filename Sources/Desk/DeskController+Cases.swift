import Accounts
import Attachments
import Cases
import HTTPTypes
import HTTPValues
import Monitoring
import Offloading
import Time
import WebPages

/// What the desk shows.
extension DeskController {
  private enum Limit {
    static let lines = 100
    static let duties = 50
  }

  // MARK: What is mine

  func list(_ request: Request, _ visit: DeskVisit) async throws -> Response {
    let after = request.query["after"]
    let page = try await offload.run { [model, calendar] in
      var query = CaseQuery(scope: visit.scope, standing: .open, order: .due, limit: Limit.lines)
      query.after = after
      let counts = try model.counts(at: visit.now, calendar: calendar, scope: visit.scope)
      let listing = try model.lines(query, at: visit.now, calendar: calendar)
      let relations = try Self.relations(of: listing.lines, to: visit, in: model)
      // They stand before the first page of the list.
      let isAbove = visit.account.seesAll || visit.account.role == .station && visit.account.holder != nil
      let duties = try (isAbove && after == nil ? CaseDuty.allCases : []).map { duty in
        let (lines, total) = try model.cases(with: duty, in: visit.scope, limit: Limit.duties, at: visit.now)
        return DeskListPage.Duty(duty: duty, lines: lines, total: total)
      }
      return DeskListPage(
        visit.language, visit.visitor.person, version: visit.version, counts: counts, listing: listing,
        relations: relations, duties: duties,
        isFurther: after != nil, at: visit.now, calendar: calendar)
    }
    return DeskTemplates.page("desk-list", page)
  }

  /// Only where somebody neither has a case nor is offered it must the case itself be asked.
  private static func relations(
    of lines: [CaseLine], to visit: DeskVisit, in model: ReadModel
  ) throws -> [CaseID: DeskListPage.Relation] {
    let holder = visit.account.seesAll ? nil : visit.account.holder
    var relations: [CaseID: DeskListPage.Relation] = [:]
    var others: [CaseID] = []
    for line in lines {
      if holder == nil {
        relations[line.id] = .watched
      } else if line.offered?.id == holder {
        relations[line.id] = .offered
      } else if line.owner?.id == holder {
        relations[line.id] = .owned
      } else if visit.account.role != .station {
        relations[line.id] = .helped
      } else {
        others.append(line.id)
      }
    }
    for listed in try model.cases(others) {
      relations[listed.summary.id] = listed.summary.supervisor?.id == holder ? .watched : .helped
    }
    return relations
  }

  // MARK: A case

  /// `nil` for one that isn't there, or isn't theirs. Blocks.
  static func history(of id: CaseID, for visit: DeskVisit, in model: ReadModel) throws -> CaseHistory? {
    guard try model.isVisible(id, to: visit.scope) else { return nil }
    return try model.history(of: id)
  }

  func oneCase(_ id: CaseID, _ request: Request, _ visit: DeskVisit) async throws -> Response {
    let sent = request.query["sent"]
    let found = try await offload.run { [model] () -> (CaseHistory, [RecordedEvent]?)? in
      guard let history = try Self.history(of: id, for: visit, in: model) else { return nil }
      return (history, try sent.map { try model.events(causedBy: $0, of: id) })
    }
    guard let (history, events) = found else { return notFound(visit) }
    let outcome = events.map { self.outcome($0, request, visit, address: "/desk/cases/\(id)") }
    return shown(history, visit, outcome: outcome)
  }

  private func outcome(
    _ events: [RecordedEvent], _ request: Request, _ visit: DeskVisit, address: String
  ) -> Outcome {
    let since = request.query["at"].flatMap { Int64($0) }.map { Instant(milliseconds: $0) }
    let query = (request.head.path ?? "").drop { $0 != "?" }
    return Outcome(events, since: since, at: visit.now, address: address + query, visit.language)
  }

  /// A form that was sent and has to be shown again.
  struct Shown {
    let form: DeskForm
    let token: FormToken
    let entry: FormRules.Entry
    var trouble: String?
    var files = FormFiles.Taken()
  }

  func shown(
    _ history: CaseHistory, _ visit: DeskVisit, outcome: Outcome? = nil, again: Shown? = nil, trouble: String? = nil,
    status: HTTPResponse.Status = .ok
  ) -> Response {
    let summary = history.summary
    let possible = summary.possibleCommands(for: visit.account.actor)
    let rules = rules(summary, visit)
    var offered = DeskForm.all(of: possible).filter { $0 != .disclose && $0.makesSense(for: summary) }
    // What was typed isn't taken away, even if the case has gone on meanwhile.
    if let form = again?.form, form != .disclose, !offered.contains(form) { offered.insert(form, at: 0) }
    let forms = offered.compactMap { form in
      filled(form, of: summary.id, rules, visit, again: again?.form == form ? again : nil)
    }
    let texts = CaseTexts(mask: mask, language: visit.language).masked(history)
    let helpers = summary.attendants.map { rules.directory.owner($0)?.name ?? $0 }
    let page = DeskCasePage(
      visit.language, visit.visitor.person, version: visit.version, history, texts: texts, outcome: outcome,
      forms: forms,
      mayDisclose: possible.contains(.disclose) && !summary.isErased, trouble: trouble, helpers: helpers,
      at: visit.now, calendar: calendar)
    return refreshed(DeskTemplates.page("desk-case", page, status: status), outcome, visit)
  }

  /// With the address, since a browser that is to load the same one again, and stands at a fragment of it, only scrolls.
  private func refreshed(_ response: Response, _ outcome: Outcome?, _ visit: DeskVisit) -> Response {
    guard let seconds = outcome?.refresh, let name = HTTPField.Name("Refresh") else { return response }
    return response.with(name, "\(seconds); url=\(visit.address)")
  }

  func rules(_ summary: CaseSummary, _ visit: DeskVisit) -> FormRules {
    FormRules(summary: summary, actor: visit.account.actor, directory: directory(), categories: categories)
  }

  /// `nil` only if ``makeID`` gives what can't be an id.
  private func filled(
    _ form: DeskForm, of id: CaseID, _ rules: FormRules, _ visit: DeskVisit, again: Shown? = nil, isOpen: Bool = false
  ) -> FilledForm? {
    guard let token = again?.token ?? FormToken(id: makeID(), minted: visit.now) else { return nil }
    return FilledForm(
      form, rules, action: "/desk/cases/\(id)/\(form.rawValue)", formToken: visit.visitor.formToken,
      token: token.text(page: visit.page(form, of: id), secret: secret), entry: again?.entry, trouble: again?.trouble,
      files: form.takesFiles ? (again?.files ?? FormFiles.Taken(), secret, again?.token.id ?? "") : nil, isOpen: isOpen,
      visit.language)
  }

  // MARK: Who the citizen is

  /// Everything personal is read only after the event that puts this look on record has been read.
  func citizen(_ id: CaseID, _ request: Request, _ visit: DeskVisit) async throws -> Response {
    let sent = request.query["sent"]
    let actor = visit.account.actor
    struct Look: Sendable {
      let history: CaseHistory
      var events: [RecordedEvent]?
      var end: Instant?
      var citizen: Citizen?
    }
    let found = try await offload.run { [model] () -> Look? in
      guard let history = try Self.history(of: id, for: visit, in: model) else { return nil }
      var look = Look(history: history)
      look.events = try sent.map { try model.events(causedBy: $0, of: id) }
      guard history.summary.rights?.refusal(of: .disclose, by: actor) == nil, !history.summary.isErased else {
        return look
      }
      look.end = CitizenPage.end(of: look.events ?? [], for: actor, named: visit.account.title, at: visit.now)
      if look.end != nil { look.citizen = try model.contact(of: id) }
      return look
    }
    guard let look = found else { return notFound(visit) }
    guard look.history.summary.possibleCommands(for: actor).contains(.disclose) else {
      return message(visit, \.forbiddenTitle, \.notYours, .forbidden)
    }
    var page = CitizenPage(visit.language, visit.visitor.person, of: id, at: visit.now)
    if let end = look.end {
      let texts = CaseTexts(mask: mask, language: visit.language).plain(look.history)
      page.show(look.citizen, texts, until: end)
      return DeskTemplates.page("desk-citizen", page)
    }
    if look.history.summary.isErased {
      page.notice = page.w.noContact
      return DeskTemplates.page("desk-citizen", page)
    }
    if let events = look.events {
      let isOver = events.contains { if case .disclosed = $0.event { true } else { false } }
      if isOver {
        page.notice = page.w.lookOver
      } else {
        page.outcome = outcome(events, request, visit, address: "/desk/cases/\(id)/citizen")
      }
    }
    if page.outcome?.refresh == nil { page.forms = self.forms(look.history.summary, visit) }
    return refreshed(DeskTemplates.page("desk-citizen", page), page.outcome, visit)
  }

  private func forms(_ summary: CaseSummary, _ visit: DeskVisit, again: Shown? = nil) -> [FilledForm] {
    [filled(.disclose, of: summary.id, rules(summary, visit), visit, again: again, isOpen: true)].compactMap(\.self)
  }

  func askingAgain(
    _ summary: CaseSummary, _ visit: DeskVisit, _ again: Shown, status: HTTPResponse.Status
  ) -> Response {
    var page = CitizenPage(visit.language, visit.visitor.person, of: summary.id, at: visit.now)
    page.forms = forms(summary, visit, again: again)
    return DeskTemplates.page("desk-citizen", page, status: status)
  }

  // MARK: Files

  /// Only those of a case that is theirs.
  func attachment(_ hash: String, of id: CaseID, _ visit: DeskVisit) async throws -> Response {
    let history = try await offload.run { [model] in try Self.history(of: id, for: visit, in: model) }
    guard let name = AttachmentName(hash), let history, Self.names(in: history).contains(name) else {
      return notFound(visit)
    }
    guard let contents = try await store.contents(of: name) else { return notFound(visit) }
    return AttachmentController.shown(contents, name).map { $0.with(.cacheControl, "private, no-store") }
      ?? notFound(visit)
  }

  private static func names(in history: CaseHistory) -> [AttachmentName] {
    if history.summary.isErased { return [] }
    return history.events.flatMap { event -> [Opinion.Attachment] in
      switch event.event {
      case .opened(let opened): opened.submission.statement.attachments ?? []
      case .supplemented(let addition): addition.statement.attachments ?? []
      case .replied(let replied): replied.reply.attachments ?? []
      default: []
      }
    }.compactMap { AttachmentName(url: $0.url) }
  }
}
