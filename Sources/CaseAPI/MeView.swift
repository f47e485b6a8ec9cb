import Accounts
import Cases

/// Who asks.
struct MeView: Encodable {
  enum Way: String, Encodable { case key, session, proxy }

  let name: String
  let title: String
  let role: String
  let holder: String?
  let by: Way
  /// What the header `X-Huiyin-Form` has to carry with a command; a key needs none.
  let form: String?

  init(_ visitor: Visitor) {
    name = visitor.account.name
    title = visitor.account.title
    role = visitor.account.role.rawValue
    holder = visitor.account.holder
    by = visitor.isClient ? .key : visitor.session != nil ? .session : .proxy
    form = visitor.isClient ? nil : visitor.formToken
  }
}
