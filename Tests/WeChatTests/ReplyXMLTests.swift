import Testing
import Time
import WeChat

struct ReplyXMLTests {
  @Test(arguments: [
    "收到", "<b>&amp;</b>", "]]>", "]]]]>>", "a]]>b]]>c", "]]", "", "两行\n字", "<![CDATA[x]]>", "😀", "\"'",
  ])
  func `every text comes out as it was`(text: String) throws {
    let bytes = ReplyXML.text(text, to: "reader", from: "writer", at: Instant(milliseconds: 1_790_215_200_999))
    let xml = try ReceivedXML(bytes)
    #expect(xml["Content"] == text)
    #expect(xml["ToUserName"] == "reader")
    #expect(xml["FromUserName"] == "writer")
    #expect(xml["CreateTime"] == "1790215200")
    #expect(xml["MsgType"] == "text")
    #expect(xml.elements.count == 5)
  }

  @Test func `a character that XML doesn't allow doesn't break the reply`() throws {
    let xml = try ReceivedXML(ReplyXML.text("a\u{0}b\u{B}c", to: "r", from: "w", at: Instant(milliseconds: 0)))
    #expect(xml["Content"] == "a\u{FFFD}b\u{FFFD}c")
  }
}
