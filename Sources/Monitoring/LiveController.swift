import HTTPTypes
package import HTTPValues

/// `/live`: tells a page when what it shows is no longer what it was, as the event `changed` with `{"version":N}`.
///
/// A page that holds N has nothing to do. Its browser, connected anew, says which number it heard last, and hears the
/// present one at once if that is another.
package struct LiveController: Controller {
  private let news: News

  package init(_ news: News) {
    self.news = news
  }

  package func respond(to request: Request) async -> Response? {
    guard request.path == "/live" else { return nil }
    guard request.method == .get else { return .methodNotAllowed(.get) }
    let heard = request[Self.lastEventID]
    return .events { [news] in
      news.stream().drop { "\($0)" == heard }.map { version in
        ServerSentEvent(id: "\(version)", name: "changed", data: #"{"version":\#(version)}"#)
      }
    }
  }

  private static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
