import ByteText
import Crypto

/// What opens the page of one case, and of no other: whoever submitted an opinion is given it with the case id.
///
/// HMAC-SHA256 of the case id under the operator's secret, in base64url without padding, of which the first 22
/// characters (132 bits) are used. Nothing is stored: every process with the same secret gives and accepts the same keys.
package struct CaseKey: Sendable {
  /// Known to the intake and the monitor alone. A new secret closes all pages that were given out under the old one.
  package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package static let minimumSize = 16

    fileprivate let key: SymmetricKey

    /// `nil` for fewer than ``minimumSize`` bytes, which could be guessed.
    package init?(_ bytes: [UInt8]) {
      guard bytes.count >= Self.minimumSize else { return nil }
      key = SymmetricKey(data: bytes)
    }

    /// What proves later that `message` was ours: an HMAC over purpose and message, in the form of a case's key. The
    /// marks of one purpose are of no use for another, and no key opens a case: a case id has no line feed.
    ///
    /// - Parameter purpose: Without a line feed.
    package func mark(purpose: String, _ message: String) -> String {
      CaseKey.text(of: Array((purpose + "\n" + message).utf8), under: self)
    }

    /// Takes the same time for every mark of the right length, however much of it is right.
    package func verifies(_ mark: String, purpose: String, _ message: String) -> Bool {
      ConstantTime.isEqual(self.mark(purpose: purpose, message), mark)
    }

    package var description: String { "secret" }
    package var debugDescription: String { "secret" }
  }

  package static let length = 22

  /// 22 characters of `A–Z a–z 0–9 - _`.
  package let text: String

  package init(of id: CaseID, under secret: Secret) {
    text = Self.text(of: id.key, under: secret)
  }

  /// Takes the same time for every `given` of the right length, however much of it is right.
  package func matches(_ given: String) -> Bool { ConstantTime.isEqual(text, given) }

  fileprivate static func text(of message: [UInt8], under secret: Secret) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: message, using: secret.key)
    return ByteAlphabet.base64URL.text(of: code, length: length)
  }
}
