/// What stands around a page: the templates `head` and `foot` are filled with it, under the name `frame`.
package struct PageFrame {
  /// The parts of the site that the navigation leads to.
  package enum Place: String, Hashable, Sendable, CaseIterable {
    case overview, overdue, cases, review, deadLetters, health, desk

    package var address: String {
      switch self {
      case .overview: "/"
      case .overdue: "/overdue"
      case .cases: "/cases"
      case .review: "/review"
      case .deadLetters: "/dead-letters"
      case .health: "/health"
      case .desk: "/desk"
      }
    }
  }

  /// Who has signed in.
  package struct Person: Hashable, Sendable {
    package let title: String
    /// Where they may go.
    package let places: [Place]
    /// Against requests that other sites make in their name; empty where there is no session to be ended.
    package let formToken: String

    package init(title: String, places: [Place], formToken: String) {
      self.title = title
      self.places = places
      self.formToken = formToken
    }
  }

  struct Link {
    let address: String
    let label: String
    let isHere: Bool
  }

  let language: String
  let site: String
  let heading: String
  let links: [Link]
  let person: String?
  let formToken: String?
  let signInLabel: String?
  let signOutLabel: String
  let skipLabel: String
  let asOfLabel: String
  let asOf: String
  let isLive: Bool
  let version: String
  let liveLabel: String
  let changedNote: String

  /// - Parameters:
  ///   - here: the part that the page belongs to, if the navigation leads there.
  ///   - person: `nil` for somebody who hasn't signed in.
  ///   - asOf: when what it shows was so, for reading.
  ///   - isLive: what its `main` shows follows the log as long as the page is open.
  ///   - version: of the state that it shows, asked for before that was read: what changes until the page is open is then
  ///     not missed.
  package init(
    _ language: Language, heading: String, here: Place? = nil, person: Person?, asOf: String, isLive: Bool = false,
    version: Int? = nil
  ) {
    let words = FrameWords.of(language)
    self.language = language.rawValue
    self.heading = heading
    self.asOf = asOf
    self.isLive = isLive
    self.version = version.map { "\($0)" } ?? ""
    site = words.site
    links = (person?.places ?? [.overview]).map { place in
      Link(address: place.address, label: words.name(of: place), isHere: place == here)
    }
    self.person = person?.title
    formToken = person.flatMap { $0.formToken.isEmpty ? nil : $0.formToken }
    signInLabel = person == nil ? words.signIn : nil
    signOutLabel = words.signOut
    skipLabel = words.skip
    liveLabel = words.live
    changedNote = words.changed
    asOfLabel = words.asOf
  }

  /// To be registered beside a module's own templates, which begin with `{{>head}}` and end with `{{>foot}}`.
  package static let templates: [(name: String, text: String)] = [("head", head), ("foot", foot)]

  private static let head = """
    <!doctype html>
    <html lang="{{frame.language}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>{{frame.heading}} · {{frame.site}}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/huiyin.css">
    {{#frame.isLive}}<script src="/huiyin.js" defer></script>{{/frame.isLive}}
    </head>
    <body>
    <a class="skip" href="#main">{{frame.skipLabel}}</a>
    <header><p class="site">{{frame.site}}</p>
    <nav><ul>
    {{#frame.links}}
    <li><a href="{{address}}"{{#isHere}} aria-current="page"{{/isHere}}>{{label}}</a></li>
    {{/frame.links}}
    </ul></nav>
    <div class="person">
    {{#frame.person}}<bdi>{{.}}</bdi>{{/frame.person}}
    {{#frame.formToken}}
    <form method="post" action="/sign-out"><input type="hidden" name="form" value="{{.}}">\
    <button>{{frame.signOutLabel}}</button></form>
    {{/frame.formToken}}
    {{#frame.signInLabel}}<a href="/sign-in">{{.}}</a>{{/frame.signInLabel}}
    </div></header>
    <main id="main"{{#frame.isLive}} data-live="{{frame.version}}"{{/frame.isLive}}>
    <h1>{{frame.heading}}</h1>

    """

  private static let foot = """
    <p class="as-of">{{frame.asOfLabel}} <time>{{frame.asOf}}</time></p>
    </main>
    {{#frame.isLive}}
    <p class="live"><button type="button" id="live" hidden aria-pressed="true">{{frame.liveLabel}}</button>
    <span id="live-note" role="status" data-text="{{frame.changedNote}}"></span></p>
    {{/frame.isLive}}
    </body>
    </html>

    """
}
