import Cases
import Foundation
import SeededRandom
import Testing
import WeChat

@testable import WeChatDelivery

@Suite struct PostingTests {
  private let address = Address(
    chat: ChatID(account: "qingxi", openid: "oNobodysOpenid_1"), subscription: Subscription(once: ["once-2"]))

  private func posting(
    _ kind: String, _ channel: String, templates: [MessageTemplate] = [], link: String? = Given.link
  ) throws -> Posting {
    try Posting(
      try Given.delivery(Given.feedback("case", kind: kind, channel: channel)), to: address,
      of: Given.account(templates: templates), link: link)
  }

  @Test func `a customer-service message is the text itself, its characters as they are`() throws {
    let posting = try posting("answer", "wechat")
    #expect(posting.path == "/cgi-bin/message/custom/send")
    #expect(
      String(decoding: posting.body, as: UTF8.self)
        == #"{"msgtype":"text","text":{"content":"路灯已修好"},"touser":"oNobodysOpenid_1"}"#)
  }

  @Test func `a template's fields are filled, and its page leads to the case`() throws {
    let template = try Given.template(
      "once-1", .once, for: [.answer],
      fields: ["character_string1": "{number}", "thing2": "{by}", "time3": "{time}", "phrase4": "已答复请您查看"],
      page: "{link}")
    let posting = try posting("answer", "wechat-subscription", templates: [template])
    #expect(posting.path == "/cgi-bin/message/subscribe/bizsend")
    let expected =
      #"{"data":{"character_string1":{"value":"20260924-7K3M-9Q2X"},"phrase4":{"value":"已答复请您"},"#
      + #""thing2":{"value":"临溪街道"},"time3":{"value":"2026年9月24日 12:00"}},"page":"\#(Given.link)","#
      + #""template_id":"once-1","touser":"oNobodysOpenid_1"}"#
    #expect(String(decoding: posting.body, as: UTF8.self) == expected)
  }

  @Test func `a template message has an id by which WeChat sends it once, the same each time`() throws {
    let template = try Given.template(
      "t-1", .template, for: [.notice], fields: ["keyword1": "{due}", "remark": "{text}"], page: "{link}")
    let first = try posting("notice", "wechat-template", templates: [template])
    #expect(first.path == "/cgi-bin/message/template/send")
    let text = String(decoding: first.body, as: UTF8.self)
    #expect(text.contains(#""keyword1":{"value":"2026年10月12日"}"#))
    #expect(text.contains(#""url":"\#(Given.link)""#) && text.contains(#""client_msg_id":""#))
    #expect(try posting("notice", "wechat-template", templates: [template]) == first)
  }

  private func all() throws -> [MessageTemplate] {
    [
      try Given.template("once-1", .once, for: [.answer, .rating], fields: ["thing1": "一"]),
      try Given.template("once-2", .once, for: [.answer, .rating], fields: ["thing1": "二"]),
      try Given.template("lasting-1", .lasting, for: [.answer], fields: ["thing1": "三"]),
      try Given.template("t-1", .template, for: [.answer, .notice], fields: ["thing1": "四"]),
    ]
  }

  @Test func `the template that they subscribed to comes first, and lasting ones go as subscriptions do`() throws {
    func way(_ kind: String, _ channel: String) throws -> String {
      let posting = try posting(kind, channel, templates: try all())
      let form = try JSONSerialization.jsonObject(with: Data(posting.body)) as? [String: Any]
      return "\(form?["template_id"] as? String ?? "none") by \(posting.path)"
    }
    #expect(try way("answer", "wechat-subscription") == "once-2 by /cgi-bin/message/subscribe/bizsend")
    #expect(try way("answer", "wechat-template") == "lasting-1 by /cgi-bin/message/subscribe/bizsend")
    #expect(try way("notice", "wechat-template") == "t-1 by /cgi-bin/message/template/send")
    #expect(throws: Posting.NoTemplate.self) { try posting("rating", "wechat-template", templates: try all()) }
    #expect(throws: Posting.NoTemplate.self) { try posting("answer", "wechat-subscription") }
  }

  @Test func `without an address of the pages there is no page, and no field is empty`() throws {
    let template = try Given.template("once-1", .once, for: [.rating], fields: ["thing1": "{link}"], page: "{link}")
    let text = String(
      decoding: try posting("rating", "wechat-subscription", templates: [template], link: nil).body, as: UTF8.self)
    #expect(!text.contains("page") && text.contains(#""thing1":{"value":"无"}"#))
  }

  @Test(arguments: [
    ("thing1", "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十"),
    ("thing1", "一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九十一二三四五六七八九…"),
    ("thing12", "两行\n并成一行", "两行 并成一行"), ("phrase1", "一二三四五六", "一二三四五"), ("name1", "", "无"),
    ("thing1", " \n ", "无"), ("character_string1", "20260924-7K3M-9Q2X", "20260924-7K3M-9Q2X"),
    ("thing1", "😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀…"),
  ])
  func `a field is cut to what WeChat takes`(field: String, given: String, expected: String) {
    #expect(TemplateValue.fitting(given, field: field) == expected)
  }

  @Test func `a long text keeps its other lines, and is never too long`() {
    let reply = String(repeating: "已经安排人员处理，", count: 200)
    let text = ServiceText.fitting("您反映的事项已有答复：\n\(reply)\n答复单位：临溪街道\n查看和评价：\(Given.link)")
    #expect(text.utf8.count <= 2048 && text.utf8.count > 2040)
    #expect(text.hasPrefix("您反映的事项已有答复：\n已经安排") && text.hasSuffix("…\n答复单位：临溪街道\n查看和评价：\(Given.link)"))
    #expect(ServiceText.fitting("短") == "短")
    var random = SeededGenerator.announced(for: "ServiceText")
    for _ in 0..<500 {
      let lines = (0..<Int.random(in: 1...200, using: &random)).map { _ in
        String(
          repeating: ["a", "字", "😀"].randomElement(using: &random) ?? "", count: .random(in: 0...60, using: &random))
      }
      let given = lines.joined(separator: "\n")
      let fitting = ServiceText.fitting(given)
      #expect(given.utf8.count <= 2048 ? fitting == given : fitting.utf8.count <= 2048)
    }
  }
}
