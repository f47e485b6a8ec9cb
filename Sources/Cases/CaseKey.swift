import Crypto
import FoundationEssentials

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

    package var description: String { "secret" }
    package var debugDescription: String { "secret" }
  }

  package static let length = 22

  /// 22 characters of `A–Z a–z 0–9 - _`.
  package let text: String

  package init(of id: CaseID, under secret: Secret) {
    let code = HMAC<SHA256>.authenticationCode(for: id.key, using: secret.key)
    text = String(
      Data(code).base64EncodedString().prefix(Self.length)
        .map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
  }

  /// Takes the same time for every `given` of the right length, however much of it is right.
  package func matches(_ given: String) -> Bool {
    let expected = Array(text.utf8)
    let given = Array(given.utf8)
    guard given.count == expected.count else { return false }
    var difference: UInt8 = 0
    for index in expected.indices { difference |= expected[index] ^ given[index] }
    return difference == 0
  }
}
