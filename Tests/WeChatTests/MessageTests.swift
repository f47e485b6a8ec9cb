import Cases
import EventLog
import HTTPTypes
import HTTPValues
import Streams
import Testing
import Time
import WeChat

struct MessageTests {
  @Test func `a text becomes a record on chats, and is answered at once`() async throws {
    let callback = try Callback()
    let said = try #require(await callback.said(to: .text("路灯坏了三个月")))
    #expect(said.contains("收到") && said.contains("“完”"))
    let output = try #require(callback.outbox.outputs.first)
    #expect(callback.outbox.outputs.count == 1)
    #expect(output.topic == "chats")
    #expect(output.partition == nil)
    #expect(output.record.key == ChatID(account: "qingxi", openid: Callback.openid).key)
    let event = try CloudEvent(output.record)
    #expect(event.source == "/huiyin/wechat/qingxi")
    #expect(event.type == "cn.huiyin.chat.message.v1")
    #expect(event.subject == nil)
    #expect(event.time?.text == "2026-09-24T09:59:59+08:00")
    #expect(event.id.count == 26)
    let message = try JSONData.decode(ChatMessage.self, from: event.data)
    #expect(message == ChatMessage(account: "qingxi", openid: Callback.openid, kind: .text, text: "路灯坏了三个月"))
    #expect(try callback.count("replied") == 1)
    #expect(try callback.count(kind: "text") == 1)
  }

  @Test func `no openid stands anywhere but in the data`() async throws {
    let callback = try Callback()
    _ = try await callback.deliver(.text("路灯坏了"))
    let record = try #require(callback.outbox.outputs.first?.record)
    let headers = record.headers.map { String(decoding: $0.value ?? [], as: UTF8.self) }
    let shown = headers.joined() + String(decoding: record.key ?? [], as: UTF8.self)
    #expect(!shown.contains(Callback.openid) && !shown.contains("6001"))
  }

  @Test func `a picture, by its address or else by its id`() async throws {
    let callback = try Callback()
    let picture = Message("image", ["PicUrl": "http://pictures.example/1", "MediaId": "media-1_A"])
    #expect(try await callback.said(to: picture)?.contains("收到") == true)
    for url in ["", "javascript:x", "https://x/ y"] {
      _ = try await callback.deliver(Message("image", ["PicUrl": url, "MediaId": "media-1_A"]))
    }
    let chats = try callback.chats()
    #expect(chats.allSatisfy { $0.kind == .image && $0.text == nil })
    #expect(chats.first?.attachment == Opinion.Attachment(url: "http://pictures.example/1", mediaType: "image/jpeg"))
    let media = Opinion.Attachment(url: "wechat-media:qingxi/media-1_A", mediaType: "image/jpeg")
    #expect(chats.dropFirst().map(\.attachment) == [media, media, media])
  }

  @Test func `a voice message, with what was recognised of it`() async throws {
    let callback = try Callback()
    let fields = ["MediaId": "m", "Format": "amr"]
    _ = try await callback.said(to: Message("voice", fields.merging(["Recognition": " 路灯坏了。 "]) { $1 }))
    _ = try await callback.said(to: Message("voice", fields.merging(["Recognition": ""]) { $1 }))
    _ = try await callback.said(to: Message("voice", ["MediaId": "m", "Format": "speex"]))
    let chats = try callback.chats()
    #expect(chats.map(\.kind) == [.voice, .voice, .voice])
    #expect(chats.map(\.text) == ["路灯坏了。", nil, nil])
    #expect(chats.map(\.attachment?.mediaType) == ["audio/amr", "audio/amr", "audio/speex"])
    #expect(chats.first?.attachment?.url == "wechat-media:qingxi/m")
  }

  @Test func `what was recognised is never a command`() async throws {
    let callback = try Callback()
    _ = try await callback.said(to: Message("voice", ["MediaId": "m", "Recognition": "完。"]))
    #expect(try callback.chats().map(\.kind) == [.voice])
  }

  @Test(arguments: ["video", "shortvideo"])
  func `a video, short or not`(type: String) async throws {
    let callback = try Callback()
    _ = try await callback.said(to: Message(type, ["MediaId": "m", "ThumbMediaId": "t"]))
    let media = Opinion.Attachment(url: "wechat-media:qingxi/m", mediaType: "video/mp4")
    #expect(try callback.chats().map(\.attachment) == [media])
    #expect(try callback.chats().map(\.kind) == [.video])
  }

  @Test func `a location, where it really is`() async throws {
    let callback = try Callback()
    let fields = [
      "Location_X": "31.17530398364597", "Location_Y": "121.531541859215", "Scale": "16", "Label": "滨河路 1 号",
    ]
    _ = try await callback.said(to: Message("location", fields))
    let chat = try #require(callback.chats().first)
    #expect(chat.kind == .location)
    #expect(chat.text == "滨河路 1 号")
    let place = try #require(chat.location)
    #expect(abs(place.latitude - 31.1774276) < 1e-6 && abs(place.longitude - 121.5272106) < 1e-6)
  }

  @Test func `a link, by title and address`() async throws {
    let callback = try Callback()
    let fields = ["Title": "路灯 <问题>", "Description": "d", "Url": "https://news.example/?a=1&b=2"]
    _ = try await callback.said(to: Message("link", fields))
    #expect(try callback.chats().map(\.text) == ["路灯 <问题>\nhttps://news.example/?a=1&b=2"])
    #expect(try callback.chats().map(\.kind) == [.link])
  }

  @Test(arguments: ["完", " 完毕。", "提交", "结束"])
  func `said is said, by word`(word: String) async throws {
    let callback = try Callback()
    #expect(try await callback.said(to: .text(word))?.contains("提交") == true)
    #expect(try callback.chats() == [ChatMessage(account: "qingxi", openid: Callback.openid, kind: .finish)])
  }

  @Test func `said is said, by button`() async throws {
    let callback = try Callback()
    #expect(try await callback.said(to: .event("CLICK", key: "finish"))?.contains("提交") == true)
    #expect(try callback.chats().map(\.kind) == [.finish])
    #expect(try await callback.said(to: .event("CLICK", key: "another")) == nil)
    #expect(callback.outbox.outputs.count == 1)
    #expect(try callback.count(kind: "click") == 2)
  }

  @Test(arguments: [
    ("valid", "zhang-san的代表码"), ("revoked", "停用"), ("expired", "过了有效期"), ("not-yet-valid", "还没有启用"),
    ("forged", "不是我们发的"),
  ])
  func `a scan says whose code it is, or why it isn't one, and invites to speak`(
    token: String, words: String
  ) async throws {
    let callback = try Callback()
    let scanned = try #require(await callback.said(to: .event("SCAN", key: token, ["Ticket": "t"])))
    let followed = try #require(
      await callback.said(to: .event("subscribe", key: "qrscene_\(token)", ["CreateTime": "1790215198"])))
    #expect(scanned == followed)
    #expect(scanned.contains(words) && scanned.contains("有什么意见建议") && scanned.contains("“完”"))
    #expect(scanned.contains("照样可以说") == (token != "valid"))
    let scan = GivenScanner().scan(token, at: Callback.now)
    let chats = try callback.chats()
    #expect(chats.map(\.kind) == [.scan, .subscribe])
    #expect(chats.map(\.code) == [token, token])
    #expect(chats.map(\.scan) == [scan, scan])
  }

  @Test(arguments: ["", String(repeating: "x", count: 65)])
  func `a token that can be none of ours is answered, and kept nowhere`(token: String) async throws {
    let callback = try Callback()
    let scanned = try await callback.said(to: .event("SCAN", key: token))
    #expect(scanned?.contains("不是我们发的") == true)
    #expect(callback.outbox.outputs.isEmpty)
    #expect(try await callback.said(to: .event("subscribe", key: "qrscene_" + token)) == scanned)
    #expect(try callback.chats() == [ChatMessage(account: "qingxi", openid: Callback.openid, kind: .subscribe)])
  }

  @Test func `a text that grows too large for a chat record is said so, and not taken`() async throws {
    let callback = try Callback()
    let text = String(repeating: "\"", count: 60_000)
    #expect(try await callback.said(to: .text(text))?.contains("太长") == true)
    #expect(callback.outbox.outputs.isEmpty)
  }

  @Test(arguments: [nil, "", "last_trade_no_1"])
  func `following without a code is welcomed`(key: String?) async throws {
    let callback = try Callback()
    #expect(try await callback.said(to: .event("subscribe", key: key))?.hasPrefix("您好！有什么意见建议") == true)
    #expect(try callback.chats() == [ChatMessage(account: "qingxi", openid: Callback.openid, kind: .subscribe)])
  }

  @Test func `no longer following is taken down in silence`() async throws {
    let callback = try Callback()
    #expect(try await callback.said(to: .event("unsubscribe")) == nil)
    #expect(try callback.chats().map(\.kind) == [.unsubscribe])
    #expect(try callback.count("silent") == 1)
  }

  @Test(arguments: ["user_authorization_revoke", "user_authorization_cancellation"])
  func `consent is withdrawn by whom the event names, not by its sender`(event: String) async throws {
    let callback = try Callback()
    let fields = ["OpenID": "oAnother", "AppID": Callback.appID, "RevokeInfo": "1"]
    #expect(try await callback.said(to: .event(event, key: nil, fields)) == nil)
    #expect(try await callback.said(to: .event(event, key: nil, fields.merging(["OpenID": "oThird"]) { $1 })) == nil)
    #expect(try await callback.said(to: .event(event)) == nil)
    #expect(try callback.chats().map(\.openid) == ["oAnother", "oThird", Callback.openid])
    #expect(try callback.chats().allSatisfy { $0.kind == .revoked })
    #expect(Set(try callback.events().map(\.id)).count == 3)
  }

  @Test(arguments: [
    ("LOCATION", "position"), ("VIEW", "view"), ("TEMPLATESENDJOBFINISH", "template-sent"),
    ("subscribe_msg_popup_event", "subscription"), ("subscribe_msg_change_event", "subscription"),
    ("subscribe_msg_sent_event", "subscription"), ("user_info_modified", "profile"), ("card_pass_check", "other"),
    ("", "other"), ("oNobodysOpenid", "other"),
  ])
  func `what nobody need hear of is only counted`(event: String, kind: String) async throws {
    let callback = try Callback()
    var message = Message.event(event, key: "https://board.example/")
    message.groups = "<SubscribeMsgPopupEvent><List><TemplateId>t</TemplateId></List></SubscribeMsgPopupEvent>"
    #expect(try await callback.said(to: message) == nil)
    #expect(callback.outbox.outputs.isEmpty)
    #expect(try callback.count(kind: kind) == 1)
  }

  @Test func `a message of an unknown type is only counted`() async throws {
    let callback = try Callback()
    #expect(try await callback.said(to: Message("hologram")) == nil)
    #expect(try callback.count(kind: "other") == 1)
  }

  @Test func `a blank text is invited to say something`() async throws {
    let callback = try Callback()
    #expect(try await callback.said(to: .text(" \n"))?.hasPrefix("您好") == true)
    #expect(callback.outbox.outputs.isEmpty)
  }

  @Test(arguments: [
    ("FromUserName", nil), ("FromUserName", ""), ("FromUserName", "a/b"),
    ("FromUserName", String(repeating: "o", count: 65)),
    ("ToUserName", nil), ("CreateTime", nil), ("CreateTime", ""), ("CreateTime", "-1"), ("CreateTime", "1e9"),
    ("CreateTime", "999999999999"), ("CreateTime", "9999999999999999999999"), ("MsgType", nil), ("MsgId", nil),
    ("MsgId", ""), ("Content", nil),
  ])
  func `without what it is known by a message is refused`(field: String, value: String?) async throws {
    let callback = try Callback()
    var message = Message.text("路灯坏了")
    message.fields[field] = value
    let response = try await callback.deliver(message)
    #expect(response.head.status == .badRequest)
    #expect(!String(decoding: response.body, as: UTF8.self).contains(field))
    #expect(callback.outbox.outputs.isEmpty)
    #expect(try callback.count("malformed") == 1)
  }

  @Test(arguments: [
    ("image", ["MediaId": "a b"]), ("voice", [:]), ("video", ["MediaId": ""]),
    ("location", ["Location_X": "91", "Location_Y": "1"]),
    ("location", ["Location_X": "nan", "Location_Y": "1"]), ("location", ["Location_X": "1"]), ("link", ["Title": " "]),
  ])
  func `so is one without what it carries`(type: String, fields: [String: String]) async throws {
    #expect(try await Callback().deliver(Message(type, fields)).head.status == .badRequest)
  }

  @Test func `the same message has the same identity, another has another`() async throws {
    var messages: [Message] = [.text("a"), .text("a", id: "6002"), .text("a", from: "oAnother")]
    var later = Message.text("a")
    later.fields["CreateTime"] = "1790215100"
    messages.append(later)
    messages += [
      .event("SCAN", key: "valid"), .event("SCAN", key: "revoked"), .event("subscribe", key: "qrscene_valid"),
    ]
    messages += [.event("unsubscribe")]
    let first = try Callback()
    let second = try Callback()
    for message in messages { _ = try await first.deliver(message) }
    for message in messages.reversed() { _ = try await second.deliver(message) }
    let ids = try first.events().map(\.id)
    #expect(Set(ids).count == messages.count)
    #expect(try second.events().map(\.id).reversed() == ids)
    #expect(first.outbox.outputs == second.outbox.outputs.reversed())
  }

  @Test func `the account is the path's, whatever the message says`() async throws {
    let callback = try Callback()
    _ = try await callback.deliver(.text("a"))
    _ = try await callback.deliver(.text("a"), to: "liuhe")
    #expect(try callback.chats().map(\.account) == ["qingxi", "liuhe"])
    #expect(try callback.events().map(\.source) == ["/huiyin/wechat/qingxi", "/huiyin/wechat/liuhe"])
    #expect(Set(try callback.events().map(\.id)).count == 2)
  }
}
