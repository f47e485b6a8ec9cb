import Crypto
import CryptoExtras
import Foundation

/// The encryption of messages between the peer and one account: AES-256-CBC, the key's first half as the initial
/// vector. In clear: 16 random bytes, the message's length in 4 bytes (big-endian), the message, the AppId, PKCS#7
/// padding to blocks of 32 bytes.
package struct MessageCipher: Sendable {
  package static let randomSize = 16
  private static let block = 32
  private static let head = randomSize + 4

  private let key: SymmetricKey
  private let initialVector: AES._CBC.IV
  private let appID: [UInt8]

  /// - Parameter aesKey: 43 characters of base64: the 32-byte key without its `=`. The last one's spare bits count for
  ///   nothing. `nil` for anything else.
  package init?(aesKey: String, appID: String) {
    guard aesKey.utf8.count == 43, let bytes = Self.keyBytes(aesKey), bytes.count == 32,
      let initialVector = try? AES._CBC.IV(ivBytes: bytes.prefix(16))
    else { return nil }
    key = SymmetricKey(data: bytes)
    self.initialVector = initialVector
    self.appID = Array(appID.utf8)
  }

  /// - Parameter random: of ``randomSize``.
  /// - Returns: base64.
  package func encrypt(_ message: [UInt8], random: [UInt8]) throws -> String {
    var clear = random
    let length = UInt32(clamping: message.count)
    for shift in [24, 16, 8, 0] { clear.append(UInt8(truncatingIfNeeded: length >> UInt32(shift))) }
    clear += message
    clear += appID
    let padding = Self.block - clear.count % Self.block
    clear += Array(repeating: UInt8(padding), count: padding)
    return try AES._CBC.encrypt(clear, using: key, iv: initialVector, noPadding: true).base64EncodedString()
  }

  /// The message, or nil for whatever is wrong. Padding, length and AppId are judged together, in a time that depends
  /// on how long the text is and on nothing else.
  package func decrypt(_ base64: String) -> [UInt8]? {
    guard let encrypted = Data(base64Encoded: base64), encrypted.count >= Self.block, encrypted.count % 16 == 0,
      let decrypted = try? AES._CBC.decrypt(encrypted, using: key, iv: initialVector, noPadding: true)
    else { return nil }
    let clear = Array(decrypted)
    var wrong = 0
    let padding = Int(clear[clear.count - 1])
    wrong |= padding < 1 || padding > Self.block ? 1 : 0
    for distance in 1...Self.block {
      let isPadding = (distance - padding - 1) >> (Int.bitWidth - 1)
      wrong |= isPadding & (Int(clear[clear.count - distance]) ^ padding)
    }
    let length = clear[Self.randomSize..<Self.head].reduce(0) { $0 << 8 | Int($1) }
    wrong |= (Self.head + length + appID.count + padding) ^ clear.count
    let last = clear.count - 1
    let start = min(Self.head + length, clear.count)
    for index in appID.indices { wrong |= Int(clear[min(start + index, last)] ^ appID[index]) }
    return wrong == 0 ? Array(clear[Self.head..<start]) : nil
  }

  /// Decodes 43 characters to 32 bytes, leniently in the two bits that the last one has too many: keys are given out
  /// with any last letter.
  private static func keyBytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for character in text.utf8 {
      guard let value = sextet(character) else { return nil }
      buffer = (buffer << 6 | value) & 0xffff
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    return bytes
  }

  private static func sextet(_ character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
