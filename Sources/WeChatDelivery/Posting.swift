import Cases
import Time
import WeChat

/// One request to WeChat's interface.
struct Posting: Hashable, Sendable {
  /// Behind the interface's address.
  let path: String
  let body: [UInt8]

  /// No template of the account's is for such a message.
  struct NoTemplate: Error, Hashable {}

  /// - Parameter link: of the case's page, where one is known.
  init(_ delivery: Delivery, to address: Address, of account: SendingAccount, link: String?) throws(NoTemplate) {
    guard delivery.channel != .service else {
      path = "/cgi-bin/message/custom/send"
      body = JSONData.encode(
        ServiceMessage(
          touser: address.chat.openid, text: ServiceMessage.Text(content: ServiceText.fitting(delivery.text))))
      return
    }
    guard let template = Self.template(for: delivery, to: address, of: account) else { throw NoTemplate() }
    func value(_ placeholder: TemplatePattern.Placeholder) -> String? {
      Self.value(placeholder, of: delivery, link: link)
    }
    var data: [String: TemplateMessage.Field] = [:]
    for (name, pattern) in template.fields {
      data[name] = TemplateMessage.Field(value: TemplateValue.fitting(pattern.text(value), field: name))
    }
    var message = TemplateMessage(touser: address.chat.openid, template_id: template.id, data: data)
    let page = template.page?.text(value)
    if template.sort == .template {
      path = "/cgi-bin/message/template/send"
      message.url = page
      // Within ten minutes WeChat sends one message to somebody under such an id.
      message.client_msg_id = OpinionReference(source: Sources.wechatDelivery, id: delivery.id).digest
    } else {
      path = "/cgi-bin/message/subscribe/bizsend"
      message.page = page
    }
    body = JSONData.encode(message)
  }

  /// The first that fits and that they subscribed to, as far as is known; else the first that fits, of which WeChat will
  /// say.
  private static func template(
    for delivery: Delivery, to address: Address, of account: SendingAccount
  ) -> MessageTemplate? {
    let fitting = account.templates.filter { template in
      template.purposes.contains { $0.rawValue == delivery.purpose }
        && (template.sort == .once) == (delivery.channel == .subscription)
    }
    let granted =
      delivery.channel == .subscription ? address.subscription?.once : address.subscription?.always
    return fitting.first { granted?.contains($0.id) == true } ?? fitting.first
  }

  private static func value(
    _ placeholder: TemplatePattern.Placeholder, of delivery: Delivery, link: String?
  ) -> String? {
    switch placeholder {
    case .number: delivery.number ?? delivery.caseID.text
    case .by: delivery.by
    case .due: delivery.due.map(day)
    case .time: moment(delivery.time.instant)
    case .link: link
    case .text: delivery.text
    }
  }

  private static func day(_ date: CalendarDate) -> String {
    let (year, month, day) = date.yearMonthDay
    return "\(year)年\(month)月\(day)日"
  }

  /// In Shanghai, as WeChat's fields for times take it.
  private static func moment(_ instant: Instant) -> String {
    let date = TimeOffset.shanghai.date(of: instant)
    let minutes = Int((instant - TimeOffset.shanghai.instant(of: date)).inSeconds) / 60
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day(date)) \(two(minutes / 60)):\(two(minutes % 60))"
  }

  // The names are WeChat's own.

  private struct ServiceMessage: Encodable {
    struct Text: Encodable { let content: String }

    let touser: String
    let msgtype = "text"
    let text: Text
  }

  private struct TemplateMessage: Encodable {
    struct Field: Encodable { let value: String }

    let touser: String
    let template_id: String
    let data: [String: Field]
    var page: String?
    var url: String?
    var client_msg_id: String?
  }
}
