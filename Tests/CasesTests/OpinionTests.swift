import Cases
import Testing

struct OpinionTests {
  private func reason(_ json: String) -> String? {
    do throws(Malformed) {
      _ = try Opinion(data: Array(json.utf8))
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func `a whole opinion is read, and fields unknown here are ignored`() throws {
    let json = """
      {"channel":"wechat","title":"路灯","text":"坏了","code":"s-1","address":"幸福路","future":1,
       "citizen":{"id":"o-1","name":"王小明","phone":"13800000000","anonymous":false},
       "attachments":[{"url":"https://x/1.jpg","mediaType":"image/jpeg"}]}
      """
    let opinion = try Opinion(data: Array(json.utf8))
    #expect(opinion.title == "路灯" && opinion.code == "s-1" && opinion.address == "幸福路")
    #expect(opinion.citizen == Citizen(id: "o-1", name: "王小明", phone: "13800000000", anonymous: false))
    #expect(opinion.attachments?.map(\.mediaType) == ["image/jpeg"])
    #expect(try Opinion(data: JSONData.encode(opinion)) == opinion)
  }

  @Test func `the least that an opinion needs is a channel, a text and whether it is anonymous`() {
    #expect(reason(#"{"channel":"web","text":"坏了","citizen":{"anonymous":true}}"#) == nil)
    #expect(reason(#"{"channel":"web","title":"路灯坏了","text":"","citizen":{"anonymous":true}}"#) == nil)
  }

  @Test(arguments: [
    (#"{"text":"x","citizen":{"anonymous":true}}"#, "data.channel is missing"),
    (#"{"channel":"web","citizen":{"anonymous":true}}"#, "data.text is missing"),
    (#"{"channel":"web","text":"x"}"#, "data.citizen is missing"),
    (#"{"channel":"web","text":"x","citizen":{}}"#, "data.citizen.anonymous is missing"),
    (
      #"{"channel":"web","text":"x","citizen":{"anonymous":true,"phone":13800000000}}"#,
      "data.citizen.phone is not text"
    ),
    (#"{"channel":"web","text":"x","citizen":{"anonymous":"王小明"}}"#, "data.citizen.anonymous is not true or false"),
    (
      #"{"channel":"web","text":"x","citizen":{"anonymous":true},"attachments":[{"url":"u"}]}"#,
      "data.attachments.0.mediaType is missing"
    ),
    (#"{"channel":"web","text":" \n\t　","citizen":{"anonymous":true}}"#, "data.text is empty"),
    (#"{"channel":"web","text":"","title":" ","citizen":{"anonymous":true}}"#, "data.text is empty"),
  ])
  func `a broken opinion is refused with the field's name`(json: String, expected: String) {
    #expect(reason(json) == expected)
  }

  @Test(arguments: [
    ("a", true), ("we-chat2", true), (String(repeating: "a", count: 32), true), ("", false),
    ("Web", false), ("we chat", false), ("微信", false), ("a_b", false), (String(repeating: "a", count: 33), false),
  ])
  func `a channel is a short name`(channel: String, isGood: Bool) {
    let found = reason(#"{"channel":"\#(channel)","text":"x","citizen":{"anonymous":true}}"#)
    #expect(found == (isGood ? nil : "data.channel is not 1 to 32 of a–z, 0–9 and hyphen"))
  }

  @Test func `an opinion may have 900,000 bytes and not one more`() {
    let frame = #"{"channel":"web","text":"","citizen":{"anonymous":true}}"#
    func padded(to size: Int) -> String {
      frame.replacing(#""text":"""#, with: #""text":"\#(String(repeating: "x", count: size - frame.utf8.count))""#)
    }
    #expect(reason(padded(to: 900_000)) == nil)
    #expect(reason(padded(to: 900_001)) == "data has 900001 bytes, more than 900000")
  }

  @Test func `a statement is an opinion without its citizen`() throws {
    let opinion = Opinion(
      channel: "web", title: "路灯", text: "坏了", code: "s-1", address: "幸福路",
      citizen: Citizen(id: "o-1", name: "王小明", phone: "13800000000", anonymous: false))
    let statement = Statement(opinion)
    #expect(
      String(decoding: JSONData.encode(statement), as: UTF8.self)
        == #"{"address":"幸福路","anonymous":false,"channel":"web","code":"s-1","#
        + #""reach":{"channels":["sms","phone","page"]},"text":"坏了","title":"路灯"}"#)
  }

  @Test func `a citizen is known by an id, a name or a phone number`() {
    #expect(!Citizen().isKnown)
    #expect(Citizen(id: "o").isKnown && Citizen(name: "王").isKnown && Citizen(phone: "1").isKnown)
  }
}
