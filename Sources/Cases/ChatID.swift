/// One citizen's chat with one account.
package struct ChatID: Hashable, Sendable {
  package let account: String
  package let openid: String

  package init(account: String, openid: String) {
    self.account = account
    self.openid = openid
  }

  /// Keeps the chat's records in order. A digest, since keys show in places where no openid may.
  package var key: [UInt8] {
    Array(OpinionReference(source: account, id: openid).digest.utf8)
  }

  /// The ``Citizen/id`` of who writes there: an openid is one person's within one account alone.
  package var citizen: String { "wechat/\(account)/\(openid)" }
}
