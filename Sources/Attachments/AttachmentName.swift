import ByteText
import Crypto

/// What an attachment is kept and asked for by: SHA-256 of its contents, as 64 hexadecimal digits in lower case. The same
/// contents have the same name, whoever sends them.
package struct AttachmentName: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(of contents: [UInt8]) {
    text = ByteAlphabet.hexadecimal.text(of: SHA256.hash(data: contents))
  }

  /// Nil for anything but 64 such digits, so that a name can be a file's.
  package init?(_ text: String) {
    let isDigits = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    guard text.utf8.count == 64, isDigits else { return nil }
    self.text = text
  }

  /// Of the attachment that an opinion names so.
  package init?(url: String) {
    guard url.hasPrefix(Self.path) else { return nil }
    self.init(String(url.dropFirst(Self.path.count)))
  }

  /// What stands in `Opinion.Attachment.url`. It alone opens nothing: see ``AttachmentLink``.
  package var url: String { Self.path + text }

  package var description: String { text }

  private static let path = "/attachments/"
}
