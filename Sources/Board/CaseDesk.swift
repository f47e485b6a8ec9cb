import Accounts
import Cases
import HTTPTypes
import HTTPValues
import Monitoring
import Time
import WebPages

/// Answers `/cases/{id}`: for the citizen, who has the case's key, and for those who handle cases.
struct CaseDesk: Sendable {
  let reading: ModelReading
  let secret: CaseKey.Secret
  let mask: @Sendable (String) -> String
  let attachmentLink: @Sendable (_ url: String, CaseID) -> String?

  /// The key is looked at before the model, so that nobody without it learns, even from the time an answer takes, whether
  /// there is such a case.
  func keyed(_ visit: Visit, _ id: CaseID?) async throws -> Response {
    guard let id, let key = visit.request.query["k"], CaseKey(of: id, under: secret).matches(key) else {
      return missing(visit, \.notFound)
    }
    guard let history = try await reading.page({ model in try model.history(of: id) }) else {
      // Whoever has the key was given it for an opinion that the log has.
      return missing(visit, \.notYet).with(.retryAfter, "5")
    }
    let isOverdue = Self.isOverdue(history.summary, at: visit.now)
    if visit.request.prefersJSON { return .json(CaseReport(history, isOverdue: isOverdue)) }
    return page(visit, CaseReading(history: history), isOverdue: isOverdue, isForOffice: false)
  }

  /// A case that isn't theirs answers like one that doesn't exist.
  func office(_ visit: Visit, _ visitor: Visitor, _ id: CaseID?) async throws -> Response {
    let (scope, now) = (CaseScope(visitor.account), visit.now)
    guard let id, let reading = try await reading.page({ model in try CaseReading(id, model, for: scope, at: now) })
    else { return missing(visit, \.notFound) }
    let isOverdue = Self.isOverdue(reading.history.summary, at: now)
    return page(visit, reading, isOverdue: isOverdue, isForOffice: true)
  }

  private func page(_ visit: Visit, _ reading: CaseReading, isOverdue: Bool, isForOffice: Bool) -> Response {
    let words = visit.words
    let summary = reading.history.summary
    let heading = words.caseNumber + " " + (summary.number ?? summary.id.text)
    let part =
      isForOffice ? CaseOfficePart(words, .of(visit.language), reading, self.reading.calendar) : nil
    return Templates.page(
      "case",
      CasePage(
        words, visit.frame(heading, isLive: isForOffice), reading.history, isOverdue: isOverdue, mask: mask,
        attachmentLink: { attachmentLink($0, summary.id) }, office: part))
  }

  /// 404, as a page for a browser and as a problem for everyone else.
  func missing(_ visit: Visit, _ text: KeyPath<Words, String>) -> Response {
    guard Preference(visit.request[.accept]).weight(of: "text/html") > 0 else {
      return .problem(.notFound, Words.english[keyPath: text])
    }
    let words = visit.words
    return Templates.page(
      "message", MessagePage(frame: visit.frame(words.notFoundTitle), text: words[keyPath: text]), status: .notFound)
  }

  private static func isOverdue(_ summary: CaseSummary, at now: Instant) -> Bool {
    summary.overdue || summary.phase == .open && summary.deadline.expires.instant <= now
  }
}

extension Request {
  var prefersJSON: Bool {
    let preference = Preference(self[.accept])
    return preference.weight(of: "application/json") > preference.weight(of: "text/html")
  }
}
