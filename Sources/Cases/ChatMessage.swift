/// One message or event of a citizen in a chat, as the gateway read it: the data of `cn.huiyin.chat.message.v1` on
/// `chats`. Personal data.
package struct ChatMessage: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case text, image, voice, video, location, link
    /// A code was scanned.
    case scan
    /// The account is followed from now on, perhaps since a code was scanned.
    case subscribe
    case unsubscribe
    /// 完, or the menu's button: what was said so far is one opinion.
    case finish
    /// The person withdrew their consent.
    case revoked
  }

  /// The account that was written to, by its name in the operator's settings.
  package var account: String
  package var openid: String
  package var kind: Kind
  /// What was written; of a voice what was recognised; of a link its title and address; of a location its label.
  package var text: String?
  package var attachment: Opinion.Attachment?
  package var location: Location?
  /// The code that was scanned, and what it was then.
  package var code: String?
  package var scan: Scan?

  package init(
    account: String, openid: String, kind: Kind, text: String? = nil, attachment: Opinion.Attachment? = nil,
    location: Location? = nil, code: String? = nil, scan: Scan? = nil
  ) {
    self.account = account
    self.openid = openid
    self.kind = kind
    self.text = text
    self.attachment = attachment
    self.location = location
    self.code = code
    self.scan = scan
  }

  package var chat: ChatID { ChatID(account: account, openid: openid) }
}
