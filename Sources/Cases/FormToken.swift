package import Time

/// What a form carries back: that it was ours, of which page, since when, and an id of its own, so that the same form sent
/// twice is one opinion, or one command.
///
/// An HMAC over these under the secret of the case keys. Citizens' forms are anonymous and change nothing that belongs to
/// whoever is made to send one; still nobody can send one that no page of ours was asked for, or an old one again and again.
/// The forms of those who sign in name the account in their page, and carry the session's own token beside this one.
package struct FormToken: Hashable, Sendable {
  /// 1 to 64 of `A–Z a–z 0–9 - _`.
  package let id: String
  package let minted: Instant

  /// Nil for an id that can't be one.
  package init?(id: String, minted: Instant) {
    let isName = id.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isName, (1...64).contains(id.utf8.count) else { return nil }
    self.id = id
    self.minted = minted
  }

  /// Reads what a form sent: nil unless it is whole, ours, and of that page.
  package init?(_ text: String, page: String, secret: CaseKey.Secret) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let milliseconds = Int64(parts[1]),
      let token = FormToken(id: String(parts[0]), minted: Instant(milliseconds: milliseconds)),
      // One token has one text: no plus sign, no zeros in front.
      parts[1] == "\(milliseconds)",
      secret.verifies(String(parts[2]), purpose: Self.purpose, token.message(page))
    else { return nil }
    self = token
  }

  /// `ID.MILLISECONDS.MARK`.
  package func text(page: String, secret: CaseKey.Secret) -> String {
    "\(id).\(minted.milliseconds).\(secret.mark(purpose: Self.purpose, message(page)))"
  }

  /// Whether it was minted no longer ago than that, and not in the time to come, as far as clocks agree.
  package func isFresh(at now: Instant, for age: Duration) -> Bool {
    minted <= now + .seconds(300) && now <= minted + age
  }

  private func message(_ page: String) -> String { "\(id)\n\(minted.milliseconds)\n\(page)" }
  private static let purpose = "form"
}
