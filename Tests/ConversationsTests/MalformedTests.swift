import Cases
import EventLog
import Streams
import Testing
import Time

struct MalformedTests {
  private func reason(
    _ json: String, type: String = EventTypes.chatMessage, key: [UInt8]? = Samples.message(.text).chat.key
  ) -> String? {
    var bench = Bench()
    let event = CloudEvent(id: "a", source: Sources.wechat("county"), type: type, data: Array(json.utf8))
    bench.take(event.record(key: key), at: time("10:00"))
    #expect(bench.deadLetters.count <= 1 && (bench.deadLetters.isEmpty || bench.keys.isEmpty))
    return bench.deadLetters.first
  }

  private static let start = #"{"account":"county","openid":"o-1","#

  @Test(
    arguments: [
      (#""kind":"text","text":"x","future":1}"#, nil),
      (#""kind":"voice"}"#, nil),
      (#""kind":"text"}"#, "data.text is missing"),
      (#""kind":"link"}"#, "data.text is missing"),
      (#""kind":"text","text":13800000000}"#, "data.text is not text"),
      (#""kind":"location"}"#, "data.location is missing"),
      (#""kind":"location","location":{"latitude":91,"longitude":0}}"#, "data.location is not on the earth"),
      (#""kind":"location","location":{"latitude":30}}"#, "data.location.longitude is missing"),
      (#""kind":"scan"}"#, "data.code is missing"),
      (#""kind":"scan","code":""}"#, "data.code is not 1 to 64 characters"),
      (
        #""kind":"subscribe","code":"12345678901234567890123456789012345678901234567890123456789012345"}"#,
        "data.code is not 1 to 64 characters"
      ),
      (#""kind":"scan","code":"c","scan":{"standing":"wang"}}"#, "data.scan.standing is not a value allowed there"),
      (#""kind":"image","attachment":{"url":"u"}}"#, "data.attachment.mediaType is missing"),
      (#""kind":"wang"}"#, "data.kind is not a value allowed there"),
      (#""text":"x"}"#, "data.kind is missing"),
      (#""kind":"#, "data is not JSON"),
    ] as [(String, String?)])
  func `a broken message is refused with the field's name`(rest: String, expected: String?) {
    #expect(reason(Self.start + rest) == expected)
  }

  @Test func `a chat must have a name that can be carried on`() {
    #expect(
      reason(#"{"account":"","openid":"o-1","kind":"finish"}"#) == "data.account is empty or has a control character")
    #expect(
      reason(#"{"account":"a\nb","openid":"o-1","kind":"finish"}"#)
        == "data.account is empty or has a control character")
    #expect(reason(#"{"account":"county","openid":"","kind":"finish"}"#) == "data.openid is empty")
    #expect(
      reason(#"{"account":"county","openid":"o-2","kind":"finish"}"#) == "the record's key is not that of its chat")
    #expect(reason(Self.start + #""kind":"finish"}"#, key: nil) == "the record has no key")
  }

  @Test func `another type, another envelope and too much are refused`() {
    #expect(
      reason(Self.start + #""kind":"finish"}"#, type: "cn.huiyin.chat.other.v1")
        == "unknown type cn.huiyin.chat.other.v1 on chats")
    let long = String(repeating: "a", count: 100_000)
    #expect(reason(Self.start + #""kind":"text","text":"\#(long)"}"#) == "data has 100059 bytes, more than 100000")
    var bench = Bench()
    bench.take(Record(key: Samples.message(.text).chat.key, value: nil), at: time("10:00"))
    #expect(bench.deadLetters == ["header ce_specversion is missing"])
  }

  @Test func `a message without a time was written when the log took it in`() {
    var bench = Bench()
    let message = Samples.message(.text, "路灯坏了")
    let event = CloudEvent(
      id: "a", source: Sources.wechat("county"), type: EventTypes.chatMessage, data: JSONData.encode(message))
    bench.take(event.record(key: message.chat.key), at: time("10:00"))
    bench.pass(to: "11:00")
    #expect(bench.said.map(\.at) == [time("10:00")])
  }
}
