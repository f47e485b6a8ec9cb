package import Cases
package import EventLog
package import Streams
package import Time

/// A message or event of a chat as it was read.
package struct ChatRecord: Hashable, Sendable {
  package var message: ChatMessage
  /// The same for every delivery of it.
  package var identity: OpinionReference
  /// WeChat's CreateTime. One that lies ahead of the log's clock by more than ``clockTolerance`` isn't believed, or a
  /// draft would wait for years: then, or without one, it is `recorded`.
  package var created: Instant
  /// When the log took it in.
  package var recorded: Instant

  /// How far a gateway's clock may be ahead of the log's.
  package static let clockTolerance = Duration.seconds(300)
  /// In bytes of the message's JSON form: so that any one message fits into an empty draft.
  package static let maximumSize = Draft.maximumBytes
  /// Of a code, in characters: what fits a QR scene of WeChat.
  private static let longestCode = 64

  /// - Throws: ``Rejection`` that names the field, never its contents.
  package init(_ record: StoredRecord) throws(Rejection) {
    let (event, key) = try CloudEvent.keyed(record)
    guard event.type == EventTypes.chatMessage else {
      throw Rejection("unknown type \(event.type.prefix(100)) on \(record.partition.topic)")
    }
    if let data = event.data, data.count > Self.maximumSize {
      throw Rejection("data has \(data.count) bytes, more than \(Self.maximumSize)")
    }
    do throws(Malformed) {
      message = try JSONData.decode(ChatMessage.self, from: event.data)
      try Self.check(message)
    } catch {
      throw Rejection(error.reason)
    }
    guard Array(key.utf8) == message.chat.key else { throw Rejection("the record's key is not that of its chat") }
    identity = OpinionReference(source: event.source, id: event.id)
    recorded = record.timestamp
    let given = event.time?.instant ?? recorded
    created = given <= recorded + Self.clockTolerance ? given : recorded
  }

  private static func check(_ message: ChatMessage) throws(Malformed) {
    // It becomes part of a ce_source, where CloudEvents allows no control characters.
    guard !message.account.isEmpty,
      !message.account.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw Malformed("data.account is empty or has a control character") }
    guard !message.openid.isEmpty else { throw Malformed("data.openid is empty") }
    if let code = message.code, code.isEmpty || code.count > longestCode {
      throw Malformed("data.code is not 1 to \(longestCode) characters")
    }
    if let location = message.location, !location.isOnEarth { throw Malformed("data.location is not on the earth") }
    switch message.kind {
    case .text, .link: if message.text == nil { throw Malformed("data.text is missing") }
    case .location: if message.location == nil { throw Malformed("data.location is missing") }
    case .scan: if message.code == nil { throw Malformed("data.code is missing") }
    case .image, .voice, .video, .subscribe, .unsubscribe, .finish, .revoked: break
    }
  }
}
