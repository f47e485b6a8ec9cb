package import Time

/// The XML that answers a message. Every text stands in CDATA sections, as in the peer's own examples.
package enum ReplyXML {
  /// - Parameters:
  ///   - reader: the one who wrote: their `FromUserName`.
  ///   - writer: the account, as they named it: their `ToUserName`.
  package static func text(_ text: String, to reader: String, from writer: String, at time: Instant) -> [UInt8] {
    document(
      field("ToUserName", reader) + field("FromUserName", writer) + number("CreateTime", seconds(time))
        + field("MsgType", "text") + field("Content", text))
  }

  /// What goes around an encrypted reply.
  package static func envelope(encrypted: String, signature: String, timestamp: String, nonce: String) -> [UInt8] {
    document(
      field("Encrypt", encrypted) + field("MsgSignature", signature) + field("TimeStamp", timestamp)
        + field("Nonce", nonce))
  }

  static func seconds(_ time: Instant) -> Int64 { time.milliseconds / 1000 }

  private static func document(_ fields: String) -> [UInt8] { Array("<xml>\(fields)</xml>".utf8) }

  private static func number(_ name: String, _ value: Int64) -> String { "<\(name)>\(value)</\(name)>" }

  /// A `]]>` in the text is divided between two sections; a character that XML doesn't allow becomes U+FFFD.
  private static func field(_ name: String, _ text: String) -> String {
    var content = ""
    var brackets = 0
    for scalar in text.unicodeScalars {
      if scalar == ">", brackets >= 2 { content += "]]><![CDATA[" }
      brackets = scalar == "]" ? brackets + 1 : 0
      content.unicodeScalars.append(XMLScreen.isAllowed(scalar) ? scalar : "\u{FFFD}")
    }
    return "<\(name)><![CDATA[\(content)]]></\(name)>"
  }
}
