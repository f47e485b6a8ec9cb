import Cases

/// How much of what a citizen said everyone may see.
///
/// Never who said it. Free text, addresses and pictures can tell that all the same, so by default none of them is
/// shown, and a place only to about a kilometre.
package struct Disclosure: Sendable {
  private let isOpen: Bool
  private let mask: @Sendable (String) -> String

  /// - Parameters:
  ///   - isOpen: texts, addresses, pictures and exact places are shown, too.
  ///   - mask: hides the personal numbers in a text.
  package init(isOpen: Bool, mask: @escaping @Sendable (String) -> String) {
    self.isOpen = isOpen
    self.mask = mask
  }

  func description(of statement: Statement) -> String? {
    guard isOpen else { return nil }
    return [statement.title, statement.text].compactMap { $0 }.filter { !$0.isEmpty }.map(mask).joined(separator: "\n")
  }

  func address(of statement: Statement) -> String? {
    isOpen ? statement.address.map(mask) : nil
  }

  func location(of statement: Statement) -> Location? {
    guard let location = statement.location, !isOpen else { return statement.location }
    return Location(
      latitude: (location.latitude * 100).rounded() / 100, longitude: (location.longitude * 100).rounded() / 100)
  }

  /// The first attachment that a browser fetches.
  func picture(of statement: Statement) -> String? {
    guard isOpen else { return nil }
    return statement.attachments?.first { attachment in
      let start = attachment.url.prefix(8).lowercased()
      return start.hasPrefix("http://") || start.hasPrefix("https://")
    }?.url
  }
}
