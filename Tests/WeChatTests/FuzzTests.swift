import Foundation
import HTTPTypes
import HTTPValues
import SeededRandom
import Testing
import Time
import WeChat

/// Whatever comes, it is answered, and never with a 5xx. How many inputs each: `HUIYIN_TEST_FUZZ`.
struct FuzzTests {
  private static let count =
    ProcessInfo.processInfo.environment["HUIYIN_TEST_FUZZ"].flatMap { Int($0) } ?? 10_000

  private static let messages: [String] = {
    var all = ["Content": "路灯坏了 <b>&amp; ]] >", "PicUrl": "http://pictures.example/1", "MediaId": "m"]
    all.merge(["Format": "amr", "Recognition": "路灯", "Location_X": "31.1", "Location_Y": "121.5"]) { $1 }
    all.merge(["Label": "滨河路", "Title": "t", "Url": "https://news.example/"]) { $1 }
    var messages = ["text", "image", "voice", "video", "location", "link"].map { Message($0, all).xml }
    messages += [
      ("SCAN", "valid"), ("subscribe", "qrscene_revoked"), ("unsubscribe", ""), ("CLICK", "finish"), ("LOCATION", ""),
      ("user_authorization_revoke", ""),
    ].map { Message.event($0.0, key: $0.1, ["OpenID": "oAnother"]).xml }
    messages += ["完", "查", "满意", "haaaaaaaaaaaaaaaaaaaaaaaaaa"].map { Message.text($0).xml }
    var group = Message.event("subscribe_msg_popup_event")
    group.groups =
      "<SubscribeMsgPopupEvent><List><TemplateId>t &lt; &#20013;</TemplateId></List></SubscribeMsgPopupEvent>"
    messages.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- x -->" + group.xml)
    return messages
  }()

  private static let pieces: [[UInt8]] = [
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "&e;", "]]>", "<![CDATA[", "<!--", "-->", "<xml>",
    "</xml>",
    "<?xml", "?>", "&#x0;", "&#1114112;", "\u{0}", "<a ", "a='", "%", "%2", "%00", "+", "&", "=", "?", "#", "/", "..",
    "9999999999999999999999", "-1", "=====", "Encrypt", "<Encrypt>", "xmlns:a='b'", "\u{FEFF}", "中", "\r\n",
  ].map { Array($0.utf8) }

  private static func mutated(_ bytes: [UInt8], by chance: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &chance) {
      let place = Int.random(in: 0...bytes.count, using: &chance)
      let end = min(bytes.count, place + Int.random(in: 1...12, using: &chance))
      switch Int.random(in: 0..<6, using: &chance) {
      case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &chance)
      case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: pieces.randomElement(using: &chance) ?? [], at: place)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &chance))
      default: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &chance)))
      }
    }
    return bytes
  }

  /// The answers by their status; a target that is no request's counts as 400, which is what the server makes of it.
  private func answers(
    _ callback: Callback, _ chance: inout SeededGenerator,
    _ make: (inout SeededGenerator) throws -> (method: HTTPRequest.Method, target: [UInt8], body: [UInt8])
  ) async throws -> [Int: Int] {
    var statuses: [Int: Int] = [:]
    for number in 0..<Self.count {
      let (method, target, body) = try make(&chance)
      let path = String(decoding: target, as: UTF8.self)
      let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
      let request: Request
      do throws(MalformedTarget) {
        request = try Request(head: head, body: body)
      } catch {
        statuses[400, default: 0] += 1
        continue
      }
      // No answer at all is right for a path that belongs to others.
      let status = await callback.controller.respond(to: request)?.head.status.code ?? 404
      if status >= 500 { Issue.record("input \(number): status \(status), body \(body)") }
      statuses[status, default: 0] += 1
      callback.outbox.clear()
    }
    return statuses
  }

  private static func target(_ query: [String: String]) -> [UInt8] {
    let fields = query.sorted { $0.key < $1.key }.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }
    return Array("/wechat/qingxi?\(fields.joined(separator: "&"))".utf8)
  }

  @Test func `no XML brings it down`() async throws {
    var chance = SeededGenerator.announced(for: "Fuzzing of XML")
    let target = Self.target(Callback.signed())
    let statuses = try await answers(try Callback(), &chance) { chance in
      let message = Array((Self.messages.randomElement(using: &chance) ?? "").utf8)
      return (.post, target, Self.mutated(message, by: &chance))
    }
    #expect(statuses[200, default: 0] > 0 && statuses[400, default: 0] > 0, "\(statuses)")
  }

  @Test func `nothing encrypted brings it down, whether broken before, within or after`() async throws {
    var chance = SeededGenerator.announced(for: "Fuzzing of encrypted XML")
    let cipher = try #require(MessageCipher(aesKey: Callback.aesKey, appID: Callback.appID))
    let random = Array(repeating: UInt8(3), count: 16)
    let frame = (Array("<xml><ToUserName>gh_0000000000</ToUserName><Encrypt>".utf8), Array("</Encrypt></xml>".utf8))
    let statuses = try await answers(try Callback(mode: .safe), &chance) { chance in
      var clear = Array((Self.messages.randomElement(using: &chance) ?? "").utf8)
      let stage = Int.random(in: 0..<3, using: &chance)
      if stage == 0 { clear = Self.mutated(clear, by: &chance) }
      var encrypted = try cipher.encrypt(clear, random: random)
      if stage == 1 { encrypted = String(decoding: Self.mutated(Array(encrypted.utf8), by: &chance), as: UTF8.self) }
      var body = frame.0 + Array(encrypted.utf8) + frame.1
      if stage == 2 { body = Self.mutated(body, by: &chance) }
      return (.post, Self.target(Callback.signed(encrypted: encrypted)), body)
    }
    for status in [200, 400, 403] { #expect(statuses[status, default: 0] > 0, "\(statuses)") }
  }

  @Test func `no query brings it down`() async throws {
    var chance = SeededGenerator.announced(for: "Fuzzing of queries")
    let cipher = try #require(MessageCipher(aesKey: Callback.aesKey, appID: Callback.appID))
    let encrypted = try cipher.encrypt(Array(Message.text("x").xml.utf8), random: Array(repeating: 3, count: 16))
    let query = Callback.signed(encrypted: encrypted).merging(["echostr": encrypted]) { $1 }
    let target = Self.target(query)
    let body = Array("<xml><Encrypt>\(encrypted)</Encrypt></xml>".utf8)
    let statuses = try await answers(
      try Callback(mode: .compatible, maximumAge: .seconds(60)), &chance
    ) { chance in
      let method: HTTPRequest.Method = Bool.random(using: &chance) ? .get : .post
      return (method, Self.mutated(target, by: &chance), body)
    }
    for status in [200, 400, 403] { #expect(statuses[status, default: 0] > 0, "\(statuses)") }
  }
}
