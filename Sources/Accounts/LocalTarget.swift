import HTTPTypes
import HTTPValues

/// A page of ours to go on to: nothing that a browser could take for another place.
package struct LocalTarget: Hashable, Sendable {
  /// A path with its query, percent-encoded.
  package let text: String

  /// `nil` for all but printable ASCII that begins with one slash, without a backslash (which browsers read as a slash) or
  /// a fragment; and for the pages of signing in and out, which lead nowhere.
  package init?(_ text: String) {
    guard text.utf8.count <= 1000, text.hasPrefix("/"), !text.hasPrefix("//"),
      text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
    else { return nil }
    let path = text.prefix { $0 != "?" }
    guard path != "/sign-in", path != "/sign-out" else { return nil }
    self.text = text
  }

  /// Where a request that nobody may make yet is to be made again; of one that would change something, the page.
  init?(of request: Request) {
    let target = request.head.path ?? ""
    self.init(request.method == .get ? target : String(target.prefix { $0 != "?" }))
  }
}
