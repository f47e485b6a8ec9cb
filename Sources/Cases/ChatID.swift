/// One citizen's chat with one account.
package struct ChatID: Hashable, Sendable {
  package let account: String
  package let openid: String

  package init(account: String, openid: String) {
    self.account = account
    self.openid = openid
  }

  /// - Parameter citizen: a ``Citizen/id``; `nil` for one that is not made of an account and an openid.
  package init?(citizen: String) {
    let parts = citizen.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "wechat", !parts[1].isEmpty, !parts[2].isEmpty else { return nil }
    self.init(account: String(parts[1]), openid: String(parts[2]))
  }

  /// Keeps the chat's records in order. A digest, since keys show in places where no openid may.
  package var key: [UInt8] {
    Array(OpinionReference(source: account, id: openid).digest.utf8)
  }

  /// The ``Citizen/id`` of who writes there: an openid is one person's within one account alone.
  package var citizen: String { "wechat/\(account)/\(openid)" }
}
