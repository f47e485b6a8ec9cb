import HTTPTypes
package import HTTPValues

/// What keeps an open page up to date: `/live` tells when what it shows is no longer what it was, as the event `changed`
/// with `{"version":N}`, and `/huiyin.js` sees to the rest in the browser.
///
/// A page that holds N has nothing to do. Its browser, connected anew, says which number it heard last, and hears the
/// present one at once if that is another.
package struct LiveController: Controller {
  private let versions: @Sendable () -> AsyncStream<Int>

  /// - Parameter versions: the present number at once, then each new one; called for each page that listens.
  package init(versions: @escaping @Sendable () -> AsyncStream<Int>) {
    self.versions = versions
  }

  package func respond(to request: Request) async -> Response? {
    guard ["/live", "/huiyin.js"].contains(request.path) else { return nil }
    guard request.method == .get else { return .methodNotAllowed(.get) }
    return request.path == "/live" ? live(after: request[Self.lastEventID]) : Self.script
  }

  private func live(after heard: String?) -> Response {
    .events { [versions] in
      versions().drop { "\($0)" == heard }.map { version in
        ServerSentEvent(id: "\(version)", name: "changed", data: #"{"version":\#(version)}"#)
      }
    }
  }

  private static var script: Response {
    Response(type: "text/javascript; charset=utf-8", body: Array(PageScript.text.utf8))
      .with(.cacheControl, "max-age=600")
  }

  private static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
