package import Cases
package import Time

/// One message or event, as read from the XML of a callback.
package struct Incoming: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case said(Said)
    /// A code was scanned by someone who follows the account, or who does so from now on.
    case scanned(token: String, subscribing: Bool)
    case subscribed
    case unsubscribed
    /// The person withdrew their consent, or gave up their WeChat account.
    case revoked
    /// A button of the menu was pressed.
    case pressed(key: String)
    /// Nothing that anyone need hear of.
    case passing
  }

  package struct Said: Hashable, Sendable {
    package var kind: ChatMessage.Kind
    package var text: String?
    package var attachment: Opinion.Attachment?
    package var location: Location?
  }

  /// The field that is missing, or isn't of its form.
  package struct Fault: Error, Hashable, Sendable {
    package let field: String
  }

  /// Whose it is: the openid.
  package let person: String
  /// What a reply is addressed to: `FromUserName`, which is the person except where the platform writes itself.
  package let sender: String
  /// What a reply comes from: `ToUserName`, the account as the peer calls it.
  package let recipient: String
  package let created: Instant
  /// The same for the same message, however often it is delivered, another for any other. Shows nothing of what it is
  /// made of.
  package let identity: String
  package let kind: MessageKind
  package let content: Content

  /// Reads a message. One of an unknown type is `passing` if it says whose it is and when.
  ///
  /// - Parameter account: whose callback was called, by name: an openid and an identity hold within one account.
  package init(_ xml: ReceivedXML, account: String) throws(Fault) {
    sender = try Self.name("FromUserName", of: xml)
    recipient = try Self.name("ToUserName", of: xml)
    guard let seconds = xml["CreateTime"].flatMap(Self.seconds) else { throw Fault(field: "CreateTime") }
    guard let type = xml["MsgType"] else { throw Fault(field: "MsgType") }
    created = Instant(milliseconds: seconds * 1000)
    let digested: OpinionReference
    if type.lowercased() == "event" {
      guard let event = xml["Event"] else { throw Fault(field: "Event") }
      (kind, content) = Self.read(event: event, key: xml["EventKey"] ?? "")
      // Of this event the platform itself is the sender.
      person = content == .revoked && xml["OpenID"] != nil ? try Self.name("OpenID", of: xml) : sender
      digested = OpinionReference(
        source: "\(account) event",
        id: ["\(seconds)", sender, event, xml["EventKey"] ?? "", person].joined(separator: "\n"))
    } else {
      // The number alone is not unique: different people's messages have come with the same one.
      guard let number = xml["MsgId"], (1...64).contains(number.utf8.count) else { throw Fault(field: "MsgId") }
      (kind, content) = try Self.read(message: xml, type: type.lowercased(), account: account)
      person = sender
      digested = OpinionReference(
        source: "\(account) message", id: [number, sender, "\(seconds)"].joined(separator: "\n"))
    }
    identity = digested.digest
  }

  private static func read(event: String, key: String) -> (MessageKind, Content) {
    let codePrefix = "qrscene_"
    switch event.lowercased() {
    case "subscribe":
      guard key.hasPrefix(codePrefix) else { return (.subscribe, .subscribed) }
      return (.subscribe, .scanned(token: String(key.dropFirst(codePrefix.count)), subscribing: true))
    case "scan": return (.scan, .scanned(token: key, subscribing: false))
    case "unsubscribe": return (.unsubscribe, .unsubscribed)
    case "user_authorization_revoke", "user_authorization_cancellation": return (.revoked, .revoked)
    case "click": return (.click, .pressed(key: key))
    case "view": return (.view, .passing)
    case "location": return (.position, .passing)
    case "templatesendjobfinish": return (.templateSent, .passing)
    case "subscribe_msg_popup_event", "subscribe_msg_change_event", "subscribe_msg_sent_event":
      return (.subscription, .passing)
    case "user_info_modified": return (.profile, .passing)
    default: return (.other, .passing)
    }
  }

  private static func read(
    message xml: ReceivedXML, type: String, account: String
  ) throws(Fault) -> (MessageKind, Content) {
    switch type {
    case "text":
      guard let text = xml["Content"] else { throw Fault(field: "Content") }
      return (.text, .said(Said(kind: .text, text: text)))
    case "image":
      guard let media = picture(xml) ?? Self.media(xml, of: account, type: "image/jpeg") else {
        throw Fault(field: "MediaId")
      }
      return (.image, .said(Said(kind: .image, attachment: media)))
    case "voice":
      guard let media = media(xml, of: account, type: voiceType(xml["Format"])) else { throw Fault(field: "MediaId") }
      let recognised = xml["Recognition"].map { CommandWords.trimmed($0) }.flatMap { $0.isEmpty ? nil : $0 }
      return (.voice, .said(Said(kind: .voice, text: recognised, attachment: media)))
    case "video", "shortvideo":
      guard let media = media(xml, of: account, type: "video/mp4") else { throw Fault(field: "MediaId") }
      return (.video, .said(Said(kind: .video, attachment: media)))
    case "location":
      guard let location = location(xml) else { throw Fault(field: "Location_X") }
      let label = xml["Label"].map { CommandWords.trimmed($0) }.flatMap { $0.isEmpty ? nil : $0 }
      return (.location, .said(Said(kind: .location, text: label, location: location)))
    case "link":
      let lines = [xml["Title"], xml["Url"]].compactMap { $0.map { CommandWords.trimmed($0) } }.filter { !$0.isEmpty }
      guard !lines.isEmpty else { throw Fault(field: "Url") }
      return (.link, .said(Said(kind: .link, text: lines.joined(separator: "\n"))))
    default: return (.other, .passing)
    }
  }

  /// Where the peer shows a picture itself.
  private static func picture(_ xml: ReceivedXML) -> Opinion.Attachment? {
    guard let url = xml["PicUrl"], url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.count <= 2048,
      url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    return Opinion.Attachment(url: url, mediaType: "image/jpeg")
  }

  /// What has to be fetched under the account's access token: `wechat-media:ACCOUNT/MEDIAID`.
  private static func media(_ xml: ReceivedXML, of account: String, type: String) -> Opinion.Attachment? {
    guard let id = xml["MediaId"], (1...256).contains(id.utf8.count), id.utf8.allSatisfy(isNameByte) else { return nil }
    return Opinion.Attachment(url: "wechat-media:\(account)/\(id)", mediaType: type)
  }

  private static func voiceType(_ format: String?) -> String {
    switch format?.lowercased() {
    case "speex": "audio/speex"
    case "mp3": "audio/mpeg"
    default: "audio/amr"
    }
  }

  private static func location(_ xml: ReceivedXML) -> Location? {
    guard let latitude = xml["Location_X"].flatMap({ Double($0) }),
      let longitude = xml["Location_Y"].flatMap({ Double($0) })
    else { return nil }
    let shown = Location(latitude: latitude, longitude: longitude)
    return shown.isOnEarth ? ChinaCoordinates.trueLocation(ofShown: shown) : nil
  }

  /// An openid, or an account's original id.
  private static func name(_ field: String, of xml: ReceivedXML) throws(Fault) -> String {
    guard let name = xml[field], (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else {
      throw Fault(field: field)
    }
    return name
  }

  /// Up to the year 9999, which is the last that can be written.
  private static func seconds(_ text: String) -> Int64? {
    guard (1...12).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let seconds = Int64(text), seconds <= 253_402_300_799
    else { return nil }
    return seconds
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
