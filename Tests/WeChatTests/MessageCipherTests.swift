import Crypto
import CryptoExtras
import Foundation
import SeededRandom
import Testing
import WeChat

struct MessageCipherTests {
  let cipher: MessageCipher

  init() throws {
    cipher = try #require(MessageCipher(aesKey: Callback.aesKey, appID: Callback.appID))
  }

  @Test func `what is encrypted comes back, of any length`() throws {
    var chance = SeededGenerator.announced(for: "MessageCipher")
    for length in Array(0...130) + [1000, 65_536] {
      let message = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
      let random = (0..<16).map { _ in UInt8.random(in: 0...255, using: &chance) }
      let encrypted = try cipher.encrypt(message, random: random)
      let bytes = try #require(Data(base64Encoded: encrypted))
      #expect(bytes.count % 32 == 0)
      #expect(cipher.decrypt(encrypted) == message)
    }
  }

  @Test func `other random bytes give another text`() throws {
    let message = Array("x".utf8)
    let first = try cipher.encrypt(message, random: Array(repeating: 1, count: 16))
    #expect(try cipher.encrypt(message, random: Array(repeating: 2, count: 16)) != first)
  }

  /// Encrypts any clear bytes at all.
  private func encrypt(_ clear: [UInt8]) throws -> String {
    let key = try #require(Data(base64Encoded: Callback.aesKey + "="))
    let iv = try AES._CBC.IV(ivBytes: key.prefix(16))
    return try AES._CBC.encrypt(clear, using: SymmetricKey(data: key), iv: iv, noPadding: true).base64EncodedString()
  }

  private func clear(length: [UInt8], _ message: String, _ appID: String, padding: Int, by last: UInt8? = nil)
    -> [UInt8]
  {
    var bytes = Array(repeating: UInt8(5), count: 16)
    bytes += length
    bytes += message.utf8
    bytes += appID.utf8
    bytes += Array(repeating: UInt8(padding), count: padding - 1)
    bytes.append(last ?? UInt8(padding))
    return bytes
  }

  @Test func `padding, length and AppId must all be right`() throws {
    // 16 + 4 + 6 + 18 + 20 = 64
    let app = Callback.appID
    #expect(
      try cipher.decrypt(encrypt(clear(length: [0, 0, 0, 6], "sixsix", app, padding: 20))) == Array("sixsix".utf8))
    let faults: [[UInt8]] = [
      clear(length: [0, 0, 0, 5], "sixsix", app, padding: 20), clear(length: [0, 0, 0, 7], "sixsix", app, padding: 20),
      clear(length: [0xFF, 0xFF, 0xFF, 0xFF], "sixsix", app, padding: 20),
      clear(length: [0x7F, 0xFF, 0xFF, 0xFF], "sixsix", app, padding: 20),
      clear(length: [6, 0, 0, 0], "sixsix", app, padding: 20),
      clear(length: [0, 0, 0, 6], "sixsix", app, padding: 20, by: 19),
      clear(length: [0, 0, 0, 6], "sixsix", app, padding: 20, by: 0),
      clear(length: [0, 0, 0, 6], "sixsix", app, padding: 20, by: 33),
      clear(length: [0, 0, 0, 6], "sixsix", app, padding: 20, by: 255),
      clear(length: [0, 0, 0, 6], "sixsix", "wx0000000000000001", padding: 20),
      clear(length: [0, 0, 0, 7], "sixsix", String(app.dropLast()) + "0", padding: 20),
      clear(length: [0, 0, 0, 6], "sixsix", "", padding: 38), Array(repeating: 0, count: 32),
      Array(repeating: 32, count: 32), Array(repeating: 1, count: 32), Array(repeating: 255, count: 64),
    ]
    for fault in faults {
      let padded = fault + Array(repeating: 0, count: (16 - fault.count % 16) % 16)
      #expect(try cipher.decrypt(encrypt(padded)) == nil)
    }
  }

  @Test func `a message of an even block gets a whole block of padding`() throws {
    // 16 + 4 + 26 + 18 = 64
    let message = Array(repeating: UInt8(ascii: "x"), count: 26)
    let encrypted = try cipher.encrypt(message, random: Array(repeating: 1, count: 16))
    #expect(Data(base64Encoded: encrypted)?.count == 96)
    #expect(cipher.decrypt(encrypted) == message)
  }

  @Test func `a key is 43 characters of base64, whatever the last one`() throws {
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
      #expect(MessageCipher(aesKey: String(repeating: "a", count: 42) + String(last), appID: "x") != nil)
    }
    let wrong = ["", String(repeating: "a", count: 42), String(repeating: "a", count: 44)]
    for text in wrong + [String(repeating: "-", count: 43), String(repeating: "a", count: 40) + "中"] {
      #expect(MessageCipher(aesKey: text, appID: "x") == nil)
    }
  }
}
