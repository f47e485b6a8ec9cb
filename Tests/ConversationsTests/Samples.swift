import Cases
import EventLog
import Streams
import Time

/// `HH:MM`, with seconds if there are any, on 24 September 2026 in Shanghai; on another day of that year with `MM-DDT` in
/// front.
func time(_ text: String) -> Instant {
  let dated = text.contains("T") ? text : "09-24T" + text
  let precise = dated.split(separator: ":").count > 2 ? dated : dated + ":00"
  guard let time = GivenTime("2026-\(precise)+08:00") else { preconditionFailure("not a time: \(text)") }
  return time.instant
}

/// A message on its way into the log: once more if it is delivered again.
struct Delivery {
  static let account = "county"

  var id: String
  var message: ChatMessage
  /// When it was written, as its record says.
  var created: Instant
  /// When the log takes it in.
  var recorded: Instant
  /// Whether the worker has fired all that was due by then.
  var isPunctual = true

  var key: [UInt8] { message.chat.key }

  var record: Record {
    let event = CloudEvent(
      id: id, source: Sources.wechat(message.account), type: EventTypes.chatMessage, time: GivenTime(created),
      data: JSONData.encode(message))
    return event.record(key: key)
  }
}

enum Samples {
  static let board = Scan(
    standing: .valid, kind: .station, holder: "s-1", activity: nil, place: "门口", category: "城乡建设")

  static func picture(_ name: String) -> Opinion.Attachment {
    Opinion.Attachment(url: "/media/\(name)", mediaType: "image/jpeg")
  }

  static func message(
    _ kind: ChatMessage.Kind, _ text: String? = nil, by openid: String = "o-1", attachment: String? = nil,
    location: Location? = nil, code: String? = nil
  ) -> ChatMessage {
    ChatMessage(
      account: Delivery.account, openid: openid, kind: kind, text: text, attachment: attachment.map(picture),
      location: location, code: code, scan: code == nil ? nil : board)
  }
}

/// An opinion as `opinions` gets it.
struct Said: Hashable {
  var id: String
  var source: String
  var key: [UInt8]
  var at: Instant
  var opinion: Opinion
}
