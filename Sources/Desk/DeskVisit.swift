import Accounts
import Cases
import Monitoring
import Time
import WebPages

/// Somebody at the desk, at a moment.
struct DeskVisit: Sendable {
  let visitor: Visitor
  let language: Language
  let now: Instant
  /// Of what can be read now, asked for before anything is.
  let version: Int?
  /// The path and query that were asked for.
  let address: String

  init(_ visitor: Visitor, _ language: Language, at now: Instant, version: Int? = nil, address: String = "/desk") {
    self.visitor = visitor
    self.language = language
    self.now = now
    self.version = version
    self.address = address
  }

  var account: Account { visitor.account }

  var scope: CaseScope {
    if account.seesAll { return .all }
    // An office without a place in the directory has no cases.
    return .held(by: account.holder ?? "")
  }

  /// What a form's own token is of: the form of this case, for this account alone.
  func page(_ form: DeskForm, of id: CaseID) -> String { "desk\n\(account.name)\n\(id)\n\(form.rawValue)" }
}
