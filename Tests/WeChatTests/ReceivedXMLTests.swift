import Testing
import WeChat

struct ReceivedXMLTests {
  private func read(_ text: String) throws(ReceivedXML.Fault) -> ReceivedXML { try ReceivedXML(Array(text.utf8)) }

  @Test func `fields are read from CDATA, plain text and references`() throws {
    let xml = try read(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <xml><A><![CDATA[<b> & ]]></A><B>1 &lt; 2 &amp;&#x4e2d;&#22269;</B><C/><D a="1">x<!-- y -->z<![CDATA[w]]></D></xml>
      """)
    #expect(xml.name == "xml")
    #expect(xml["A"] == "<b> & ")
    #expect(xml["B"] == "1 < 2 &中国")
    #expect(xml["C"] == "")
    #expect(xml["D"] == "xzw")
    #expect(xml["E"] == nil)
  }

  @Test func `groups are read with all that stands in them`() throws {
    let xml = try read(
      """
      <xml><Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent>
      <List><TemplateId>one</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>
      <List><TemplateId>two</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List>
      </SubscribeMsgPopupEvent></xml>
      """)
    let lists = try #require(xml.element("SubscribeMsgPopupEvent")?.elements)
    #expect(lists.map { $0["TemplateId"] } == ["one", "two"])
    #expect(lists.map { $0["SubscribeStatusString"] } == ["accept", "reject"])
  }

  @Test func `the first of two elements of one name counts`() throws {
    #expect(try read("<xml><A>1</A><A>2</A></xml>")["A"] == "1")
  }

  @Test(arguments: [
    "<!DOCTYPE xml><xml/>", "<!doctype xml><xml/>", "<xml/><!DOCTYPE xml>",
    #"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>&e;</xml>"#,
    #"<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml>&b;</xml>"#, #"<xml><!ENTITY e "x"></xml>"#,
    "<!-- x --><!DOCTYPE x><xml/>", "<![CDATA[]]><!DOCTYPE x><xml/>", "<xml><![cdata[x]]></xml>",
    #"<?xml-stylesheet href="x"?><xml/>"#, "<xml><?php x ?></xml>", #"<xml/><?xml version="1.0"?>"#,
  ])
  func `what declares anything is refused before it is parsed`(text: String) {
    #expect(throws: ReceivedXML.Fault.declaration) { try read(text) }
  }

  @Test(arguments: [
    "<!DOCTYPE html>", "<!ENTITY e>", "<?php ?>", "]] >", "<![CDATA[", "-->",
  ])
  func `a citizen may write what would declare something elsewhere`(text: String) throws {
    #expect(try read("<xml><Content><![CDATA[\(text)]]></Content></xml>")["Content"] == text)
  }

  @Test(arguments: [
    "", " ", "x", "<xml>", "</xml>", "<xml></xm>", "<xml/><xml/>", "<xml/>x", "<xml>&e;</xml>", "<xml>&</xml>",
    "<xml><a></xml></a>", "<xml><![CDATA[x</xml>", "<xml><!-- x</xml>", "<xml a=1/>", "<xml a='1' a='2'/>", "<>", "<",
    "<!--", "<![CDATA[", "<xml>&#0;</xml>", "<xml>&#xFFFE;</xml>", "<xml>&#xD800;</xml>", "<?xml ",
    "<?xml version='1.0'",
  ])
  func `what isn't XML is refused`(text: String) {
    #expect(throws: ReceivedXML.Fault.malformed) { try read(text) }
  }

  @Test func `only UTF-8 is read, whatever is declared`() throws {
    let latin = [UInt8](Array("<xml>".utf8) + [0xE9] + Array("</xml>".utf8))
    #expect(throws: ReceivedXML.Fault.notUTF8) { try ReceivedXML(latin) }
    #expect(throws: ReceivedXML.Fault.notUTF8) { try ReceivedXML([0xFF, 0xFE, 0x3C, 0, 0x78, 0]) }
    #expect(throws: ReceivedXML.Fault.notUTF8) { try ReceivedXML([0x3C, 0, 0x78, 0]) }
    for name in ["GBK", "utf-16", "UTF-7", "utf-80", ""] {
      let text = "<?xml version='1.0' encoding='\(name)'?><xml/>"
      #expect(throws: ReceivedXML.Fault.notUTF8) { try read(text) }
    }
    #expect(throws: ReceivedXML.Fault.notUTF8) { try read("<xml>\u{1}</xml>") }
    #expect(try ReceivedXML([0xEF, 0xBB, 0xBF] + Array("<xml/>".utf8)).name == "xml")
    #expect(try read("<?xml version='1.0' encoding='utf-8'?><xml/>").name == "xml")
    #expect(try read("<?xml version='1.0'?><xml/>").name == "xml")
  }

  @Test func `size, depth and number of elements are bound`() throws {
    let limits = ReceivedXML.Limits(bytes: 64, depth: 3, elements: 5)
    func read(_ text: String) throws(ReceivedXML.Fault) -> ReceivedXML {
      try ReceivedXML(Array(text.utf8), limits: limits)
    }
    #expect(try read("<a><b><c/></b></a>").element("b")?.elements.count == 1)
    #expect(throws: ReceivedXML.Fault.tooLarge) { try read("<a><b><c><d/></c></b></a>") }
    #expect(try read("<a><b/><b/><b/><b/></a>").elements.count == 4)
    #expect(throws: ReceivedXML.Fault.tooLarge) { try read("<a><b/><b/><b/><b/><b/></a>") }
    #expect(try read("<a>" + String(repeating: "x", count: 57) + "</a>").text.count == 57)
    #expect(throws: ReceivedXML.Fault.tooLarge) { try read("<a>" + String(repeating: "x", count: 58) + "</a>") }
    let deep = String(repeating: "<a>", count: 20_000)
    #expect(throws: ReceivedXML.Fault.tooLarge) { try ReceivedXML(Array(deep.utf8)) }
  }
}
