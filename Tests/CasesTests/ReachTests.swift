import Cases
import Testing

struct ReachTests {
  private func reach(
    _ channel: String, id: String? = nil, name: String? = nil, phone: String? = nil, email: String? = nil,
    anonymous: Bool = false, subscription: Subscription? = nil
  ) -> Reach {
    Reach(
      Opinion(
        channel: channel, text: "x",
        citizen: Citizen(
          id: id, name: name, phone: phone, email: email, anonymous: anonymous, subscription: subscription)))
  }

  @Test func `everyone has the page of their case`() {
    #expect(reach("web").channels == [.page])
    #expect(reach("phone").channels == [.page])
  }

  @Test func `a phone number is good for messages and calls, an address for mail`() {
    #expect(reach("web", phone: "13800000000", email: "a@b").channels == [.sms, .phone, .email, .page])
    #expect(reach("web", phone: " ", email: "").channels == [.page])
  }

  @Test func `an id that a gateway gave is good for its own channel alone`() {
    #expect(reach("phone", id: "o-1").channels == [.phone, .page])
    #expect(reach("sms", id: "o-1").channels == [.sms, .page])
    #expect(reach("email", id: "o-1").channels == [.email, .page])
    #expect(reach("letter", id: "o-1").channels == [.letter, .page])
    #expect(reach("letter", name: "王小明").channels == [.letter, .page])
    #expect(reach("wechat", id: "o-1").channels == [.wechat, .page])
    #expect(reach("web", id: "o-1").channels == [.page])
  }

  @Test func `who wrote to an official account is reached there, also from another page`() {
    #expect(reach("web", id: "wechat/qingxi/oABC").channels == [.wechat, .page])
    #expect(reach("wechat", id: "wechat/qingxi/oABC").account == "qingxi")
    #expect(reach("wechat", id: "wechat/qingxi/").account == nil)
  }

  @Test func `the anonymous have the public board too`() {
    #expect(reach("web", anonymous: true).channels == [.page, .board])
  }

  @Test func `of subscriptions only how many, and whether for good, is told`() {
    let given = Subscription(once: ["tmpl-1", "tmpl-1", "tmpl-2"], always: ["tmpl-3"])
    let reach = reach("wechat", id: "wechat/qingxi/oABC", subscription: given)
    #expect(reach.subscribed == 3 && reach.templates == true)
    let text = String(decoding: JSONData.encode(reach), as: UTF8.self)
    #expect(text == #"{"account":"qingxi","channels":["wechat","page"],"subscribed":3,"templates":true}"#)
    #expect(self.reach("wechat", subscription: Subscription(once: [], always: [])).subscribed == nil)
  }

  @Test func `an opinion's subscriptions are checked, and not quoted`() throws {
    func reason(_ subscription: String) -> String? {
      let json = #"{"channel":"web","text":"x","citizen":{"anonymous":true,"subscription":\#(subscription)}}"#
      do throws(Malformed) {
        _ = try Opinion(data: Array(json.utf8))
        return nil
      } catch {
        return error.reason
      }
    }
    #expect(reason(#"{"once":["a"],"always":[]}"#) == nil)
    #expect(reason("{}") == nil)
    #expect(reason(#"{"once":"a"}"#) == "data.citizen.subscription.once is not a list")
    #expect(
      reason(#"{"once":[""]}"#) == "data.citizen.subscription.once has a template that is not 1 to 64 bytes long")
    let many = #"{"always":[\#(Array(repeating: #""a""#, count: 21).joined(separator: ","))]}"#
    #expect(reason(many) == "data.citizen.subscription.always has more than 20 templates")
  }

  @Test func `a chat is told from its citizen's id`() {
    let chat = ChatID(account: "qingxi", openid: "oABC/1")
    #expect(ChatID(citizen: chat.citizen) == chat)
    for id in ["", "wechat", "wechat//o", "wechat/a/", "web/a/o"] { #expect(ChatID(citizen: id) == nil) }
  }
}
