/// A template as the account's operator has it at the peer, and what goes into its fields.
package struct MessageTemplate: Hashable, Sendable {
  package enum Sort: String, Hashable, Sendable, CaseIterable {
    /// 一次性订阅: one message for each time that somebody accepted.
    case once
    /// 长期订阅: any number of messages, for accounts of public services.
    case lasting
    /// 模板消息.
    case template
  }

  package enum Purpose: String, Hashable, Sendable, CaseIterable {
    case answer, notice, rating

    /// What has a value in every message of that kind.
    var placeholders: Set<TemplatePattern.Placeholder> {
      switch self {
      case .answer: [.number, .by, .time, .link, .text]
      case .notice: [.number, .due, .time, .link, .text]
      case .rating: [.number, .time, .link, .text]
      }
    }
  }

  package let id: String
  package let sort: Sort
  package let purposes: Set<Purpose>
  /// By the names that the peer gave them, such as `thing1`.
  package let fields: [String: TemplatePattern]
  /// Where a tap on the message leads.
  package let page: TemplatePattern?

  package init(
    id: String, sort: Sort, purposes: Set<Purpose>, fields: [String: TemplatePattern], page: TemplatePattern? = nil
  ) {
    self.id = id
    self.sort = sort
    self.purposes = purposes
    self.fields = fields
    self.page = page
  }

  /// What may stand in a field of a template for these purposes.
  static func placeholders(for purposes: Set<Purpose>) -> Set<TemplatePattern.Placeholder> {
    purposes.reduce(Set(TemplatePattern.Placeholder.allCases)) { $0.intersection($1.placeholders) }
  }
}
