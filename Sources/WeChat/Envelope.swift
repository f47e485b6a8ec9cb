/// A callback's body, opened as its account's mode asks.
struct Envelope {
  /// Why a request is refused. Which of the signatures, the padding or the AppId was wrong, nobody is told.
  enum Refusal: Error {
    case unproven, tooLarge, malformed
  }

  let message: ReceivedXML
  /// So must be the reply.
  let isEncrypted: Bool

  /// - Parameter query: its `signature` has been found good.
  init(
    body: [UInt8], query: [String: String], account: WeChatAccount, limits: ReceivedXML.Limits
  ) throws(Refusal) {
    let outer = try Self.read(body, limits)
    let encrypted = outer["Encrypt"]
    switch account.mode {
    case .plain:
      message = outer
      isEncrypted = false
      return
    case .compatible where encrypted == nil && query["encrypt_type"] != "aes":
      message = outer
      isEncrypted = false
      return
    case .compatible, .safe: break
    }
    guard let encrypted, let clear = Self.open(encrypted, query: query, account: account) else { throw .unproven }
    message = try Self.read(clear, limits)
    isEncrypted = true
  }

  /// What is encrypted, if its own signature and all within it prove that it is for this account.
  static func open(_ encrypted: String, query: [String: String], account: WeChatAccount) -> [UInt8]? {
    guard let cipher = account.cipher, let timestamp = query["timestamp"], let nonce = query["nonce"],
      CallbackSignature.matches(query["msg_signature"], [account.token, timestamp, nonce, encrypted])
    else { return nil }
    return cipher.decrypt(encrypted)
  }

  private static func read(_ bytes: [UInt8], _ limits: ReceivedXML.Limits) throws(Refusal) -> ReceivedXML {
    do throws(ReceivedXML.Fault) {
      return try ReceivedXML(bytes, limits: limits)
    } catch {
      throw error == .tooLarge ? .tooLarge : .malformed
    }
  }
}
