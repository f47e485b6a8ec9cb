/// One official account, as its operator set it up at the peer.
package struct WeChatAccount: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// How its messages travel: 明文, 兼容 and 安全模式.
  package enum Mode: String, Hashable, Sendable, CaseIterable {
    /// In clear.
    case plain
    /// In clear and encrypted beside it: the encrypted one counts.
    case compatible
    /// Encrypted alone.
    case safe
  }

  /// Why a setting can't be what it says.
  package enum Fault: Error, Hashable, Sendable {
    case name, appID, token, aesKey
    /// The mode needs a key.
    case noAESKey

    /// Never repeats a secret.
    package var reason: String {
      switch self {
      case .name: "the name of an account is 1 to 32 of a–z, 0–9 and hyphen"
      case .appID: "appId is not 1 to 64 letters and digits"
      case .token: "token is not 3 to 32 letters and digits"
      case .aesKey: "aesKey is not 43 characters of A–Z, a–z, 0–9, + and /"
      case .noAESKey: "aesKey (or aesKeyFile) is missing: only the mode plain does without"
      }
    }
  }

  /// The path's part behind `/wechat/`.
  package let name: String
  package let mode: Mode
  let token: String
  let cipher: MessageCipher?
  /// `nil` for an account that only answers.
  package let sending: SendingAccount?

  package init(
    name: String, appID: String, token: String, aesKey: String?, mode: Mode, sending: SendingAccount? = nil
  ) throws(Fault) {
    let isName = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard isName, (1...32).contains(name.utf8.count) else { throw .name }
    guard Self.isAlphanumeric(appID), (1...64).contains(appID.utf8.count) else { throw .appID }
    guard Self.isAlphanumeric(token), (3...32).contains(token.utf8.count) else { throw .token }
    if let aesKey {
      guard let cipher = MessageCipher(aesKey: aesKey, appID: appID) else { throw .aesKey }
      self.cipher = cipher
    } else {
      guard mode == .plain else { throw .noAESKey }
      cipher = nil
    }
    self.name = name
    self.mode = mode
    self.token = token
    self.sending = sending
  }

  package var description: String { "account \(name)" }
  package var debugDescription: String { description }

  private static func isAlphanumeric(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) }
  }
}
