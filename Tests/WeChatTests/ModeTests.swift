import Cases
import HTTPTypes
import HTTPValues
import Testing
import WeChat

struct ModeTests {
  let cipher: MessageCipher

  init() throws {
    cipher = try #require(MessageCipher(aesKey: Callback.aesKey, appID: Callback.appID))
  }

  private func encrypted(_ message: Message) throws -> String {
    try cipher.encrypt(Array(message.xml.utf8), random: Array(repeating: 9, count: 16))
  }

  private func safeBody(_ encrypted: String) -> String {
    "<xml><ToUserName>gh_0000000000</ToUserName><Encrypt><![CDATA[\(encrypted)]]></Encrypt></xml>"
  }

  /// The content of an encrypted reply, its own signature checked.
  private func content(of response: Response) throws -> String? {
    let outer = try ReceivedXML(response.body)
    let text = try #require(outer["Encrypt"])
    let parts = [Callback.token, try #require(outer["TimeStamp"]), try #require(outer["Nonce"]), text]
    #expect(CallbackSignature.matches(outer["MsgSignature"], parts))
    return try ReceivedXML(try #require(cipher.decrypt(text)))["Content"]
  }

  @Test func `in safe mode the message is read and the reply written encrypted`() async throws {
    let callback = try Callback(mode: .safe)
    let text = try encrypted(.text("路灯坏了"))
    let response = try await callback.post(safeBody(text), query: Callback.signed(encrypted: text))
    #expect(response.head.status == .ok)
    #expect(try content(of: response)?.contains("收到") == true)
    #expect(try callback.chats().map(\.text) == ["路灯坏了"])
  }

  @Test func `success is said in clear in every mode`() async throws {
    let callback = try Callback(mode: .safe)
    let text = try encrypted(.event("VIEW", key: "https://board.example/"))
    let response = try await callback.post(safeBody(text), query: Callback.signed(encrypted: text))
    #expect(response.body == Array("success".utf8))
  }

  @Test func `in safe mode a message in clear is refused`() async throws {
    let callback = try Callback(mode: .safe)
    #expect(try await callback.deliver(.text("路灯坏了")).head.status == .forbidden)
    #expect(callback.outbox.outputs.isEmpty)
    #expect(try callback.count("unproven") == 1)
  }

  @Test func `in compatible mode the encrypted message counts, not what stands beside it in clear`() async throws {
    let callback = try Callback(mode: .compatible)
    let text = try encrypted(.text("真的"))
    var beside = Message.text("假的")
    beside.fields["Encrypt"] = text
    let response = try await callback.post(beside.xml, query: Callback.signed(encrypted: text))
    #expect(try content(of: response)?.contains("收到") == true)
    #expect(try callback.chats().map(\.text) == ["真的"])
    // Neither leaving out the address's part nor the body's makes the clear text count.
    #expect(try await callback.post(beside.xml, query: Callback.signed()).head.status == .forbidden)
    beside.fields["Encrypt"] = nil
    #expect(try await callback.post(beside.xml, query: Callback.signed(encrypted: text)).head.status == .forbidden)
  }

  @Test func `in compatible mode what was sent in clear is answered in clear`() async throws {
    let callback = try Callback(mode: .compatible)
    #expect(try await callback.said(to: .text("路灯坏了"))?.contains("收到") == true)
  }

  @Test func `in plain mode nothing is decrypted`() async throws {
    let callback = try Callback(mode: .plain)
    let text = try encrypted(.text("路灯坏了"))
    let response = try await callback.post(safeBody(text), query: Callback.signed(encrypted: text))
    #expect(response.head.status == .badRequest)
  }

  @Test func `whatever is wrong with what is encrypted, the answer is the same`() async throws {
    let callback = try Callback(mode: .safe)
    let message = Array(Message.text("x").xml.utf8)
    let random = Array(repeating: UInt8(9), count: 16)
    let otherApp = try #require(MessageCipher(aesKey: Callback.aesKey, appID: "wx0000000000000001"))
    let otherKey = try #require(MessageCipher(aesKey: String(repeating: "a", count: 43), appID: Callback.appID))
    let longerApp = try #require(MessageCipher(aesKey: Callback.aesKey, appID: Callback.appID + "0"))
    let good = try cipher.encrypt(message, random: random)
    let faults = [
      "", "x", "====", "AAAA", String(good.dropLast(4)), good + "AAAA", "AAAA" + good, good.replacing("A", with: "B"),
      String(good.prefix(64)) + String(good.dropFirst(64).reversed()), try otherApp.encrypt(message, random: random),
      try otherKey.encrypt(message, random: random), try longerApp.encrypt(message, random: random),
    ]
    var answers: Set<[UInt8]> = []
    for fault in faults where fault != good {
      let response = try await callback.post(safeBody(fault), query: Callback.signed(encrypted: fault))
      #expect(response.head.status == .forbidden)
      answers.insert(response.body)
    }
    var unsigned = Callback.signed(encrypted: good)
    unsigned["msg_signature"] = String(repeating: "0", count: 40)
    let response = try await callback.post(safeBody(good), query: unsigned)
    #expect(response.head.status == .forbidden)
    answers.insert(response.body)
    #expect(answers.count == 1)
    #expect(callback.outbox.outputs.isEmpty)
  }

  @Test func `the signature of the address is asked for in every mode`() async throws {
    for mode in WeChatAccount.Mode.allCases {
      let callback = try Callback(mode: mode)
      let text = try encrypted(.text("x"))
      var body = Message.text("x")
      body.fields["Encrypt"] = text
      var query = Callback.signed(encrypted: text)
      query["signature"] = Callback.signed(token: "anotherToken")["signature"]
      #expect(try await callback.post(body.xml, query: query).head.status == .forbidden)
      #expect(callback.outbox.outputs.isEmpty)
    }
  }

  @Test func `a body may have 64 KiB and not one byte more`() async throws {
    let callback = try Callback()
    let frame = Message.text("").xml.utf8.count
    let largest = Message.text(String(repeating: "a", count: 65_536 - frame)).xml
    #expect(try await callback.post(largest, query: Callback.signed()).head.status == .ok)
    let response = try await callback.post(largest + "\n", query: Callback.signed())
    #expect(response.head.status == .contentTooLarge)
    #expect(try callback.count("too-large") == 1)
  }
}
