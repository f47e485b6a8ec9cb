import Accounts
import Cases
import HTTPValues
import Monitoring
import Time
import WebPages

/// A request for a page, with who sends it and when.
struct Visit: Sendable {
  let request: Request
  let language: Language
  /// `nil` for somebody who hasn't signed in.
  let visitor: Visitor?
  let now: Instant
  /// Of the read model, asked for before anything is read from it; `nil` where nobody counts.
  let version: Int?

  init(_ request: Request, by visitor: Visitor?, at now: Instant, version: Int?) {
    self.request = request
    self.visitor = visitor
    self.now = now
    self.version = version
    language = .preferred(by: request)
  }

  var words: Words { .of(language) }
  /// In Shanghai.
  var today: CalendarDate { TimeOffset.shanghai.date(of: now) }

  func frame(_ heading: String, here: PageFrame.Place? = nil, isLive: Bool = false) -> PageFrame {
    PageFrame(
      language, heading: heading, here: here, person: visitor?.person, asOf: now.forReading, isLive: isLive,
      version: version)
  }

  /// A page that says one thing.
  func message(_ heading: String, _ text: String) -> Response {
    Templates.page("message", MessagePage(frame: frame(heading), text: text))
  }
}

extension CaseScope {
  /// Whose cases that account may see.
  init(_ account: Account) {
    self = account.seesAll ? .all : .held(by: account.actor.id)
  }
}
