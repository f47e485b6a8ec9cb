/// What an official account needs so as to write to people of its own accord.
package struct SendingAccount: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package static let usualAPI = "https://api.weixin.qq.com"
  package static let usualRate = 10

  package let name: String
  package let appID: String
  /// Not to be shown anywhere.
  package let secret: String
  /// Where the peer's interface begins, without a slash at its end.
  package let api: String
  /// The most messages that are sent in a second.
  package let perSecond: Int
  /// In the order in which they are looked through.
  package let templates: [MessageTemplate]

  package init(
    name: String, appID: String, secret: String, api: String = usualAPI, perSecond: Int = usualRate,
    templates: [MessageTemplate] = []
  ) {
    self.name = name
    self.appID = appID
    self.secret = secret
    self.api = api
    self.perSecond = perSecond
    self.templates = templates
  }

  package var description: String { "account \(name)" }
  package var debugDescription: String { description }
}
