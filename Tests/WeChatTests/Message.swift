/// A message as the peer writes it.
struct Message {
  var fields: [String: String]
  /// Elements that hold elements, as they are.
  var groups = ""

  init(_ type: String, _ fields: [String: String] = [:], from person: String = Callback.openid) {
    self.fields = [
      "ToUserName": "gh_0000000000", "FromUserName": person, "CreateTime": "1790215199", "MsgType": type,
      "MsgId": "6001",
    ].merging(fields) { $1 }
  }

  static func text(_ text: String, id: String = "6001", from person: String = Callback.openid) -> Message {
    Message("text", ["Content": text, "MsgId": id], from: person)
  }

  static func event(_ name: String, key: String? = nil, _ fields: [String: String] = [:]) -> Message {
    var message = Message("event", fields)
    message.fields["Event"] = name
    message.fields["EventKey"] = key
    message.fields["MsgId"] = nil
    return message
  }

  var xml: String {
    let lines = fields.sorted { $0.key < $1.key }.map { "<\($0.key)><![CDATA[\($0.value)]]></\($0.key)>" }
    return "<xml>\n" + lines.joined(separator: "\n") + groups + "\n</xml>"
  }
}
