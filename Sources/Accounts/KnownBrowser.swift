import Cases

/// A browser in which somebody has signed in before, by a cookie that lets nobody in: `ID:MARK`.
struct KnownBrowser: Hashable, Sendable {
  /// In seconds.
  static let age = 90 * 86_400

  let id: String

  init(id: String) {
    self.id = id
  }

  /// Reads what a browser sent: `nil` unless that name has signed in there.
  init?(_ text: String, of name: String, under secret: CaseKey.Secret) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard text.utf8.count <= 200, parts.count == 2, !parts[0].isEmpty,
      secret.verifies(String(parts[1]), purpose: Self.purpose, "\(name)\n\(parts[0])")
    else { return nil }
    id = String(parts[0])
  }

  func text(of name: String, under secret: CaseKey.Secret) -> String {
    "\(id):\(secret.mark(purpose: Self.purpose, "\(name)\n\(id)"))"
  }

  private static let purpose = "known-browser"
}
