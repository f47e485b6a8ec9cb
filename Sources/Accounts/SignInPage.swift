import HTTPTypes
import HTTPValues
import Mustache
import Templating
import WebPages

/// What the template `sign-in` is filled with.
struct SignInPage {
  let frame: PageFrame
  let w: SignInWords
  let hasUsers: Bool
  /// Where to go on, or empty.
  let to: String
  let name: String
  var note: String?
  var trouble: String?
  var nameFault: String?
  var passwordFault: String?
  /// The connection can be listened to.
  let insecure: String?

  init(_ language: Language, hasUsers: Bool, to: LocalTarget?, name: String = "", isOpen: Bool, asOf: String) {
    w = .of(language)
    frame = PageFrame(language, heading: w.title, person: nil, asOf: asOf)
    self.hasUsers = hasUsers
    self.to = to?.text ?? ""
    self.name = name
    insecure = isOpen ? w.insecure : nil
  }

  func response(_ status: HTTPResponse.Status = .ok) -> Response {
    guard let html = Self.library?.render(self, withTemplate: "sign-in") else {
      return .problem(.internalServerError, "The page cannot be made.")
    }
    return PagePolicy.guarded(.html(html, status: status))
  }

  /// `nil` only if the template below is broken, which a test would tell.
  private static let library = PageTemplates.library(PageFrame.templates + [("sign-in", template)])

  private static let template = """
    {{>head}}
    {{#note}}<p class="note" role="status">{{.}}</p>{{/note}}
    {{#trouble}}<p class="fault" role="alert">{{.}}</p>{{/trouble}}
    {{^hasUsers}}<p>{{w.noUsers}}</p><p>{{w.noUsersHow}}</p>{{/hasUsers}}
    {{#hasUsers}}
    <p>{{w.intro}}</p>
    {{#insecure}}<p class="note">{{.}}</p>{{/insecure}}
    <form class="sign-in" method="post" action="/sign-in" accept-charset="utf-8">
    <input type="hidden" name="to" value="{{to}}">
    <div class="field"><label for="name">{{w.name}}</label>
    <input type="text" id="name" name="name" value="{{name}}" required maxlength="64" autocomplete="username" \
    autocapitalize="none" spellcheck="false"{{#nameFault}} aria-invalid="true" aria-describedby="name-wrong"{{/nameFault}}>
    {{#nameFault}}<p class="wrong" id="name-wrong">{{.}}</p>{{/nameFault}}</div>
    <div class="field"><label for="password">{{w.password}}</label>
    <input type="password" id="password" name="password" required maxlength="1000" autocomplete="current-password"\
    {{#passwordFault}} aria-invalid="true" aria-describedby="password-wrong"{{/passwordFault}}>
    {{#passwordFault}}<p class="wrong" id="password-wrong">{{.}}</p>{{/passwordFault}}</div>
    <button type="submit">{{w.submit}}</button>
    </form>
    {{/hasUsers}}
    {{>foot}}
    """
}
