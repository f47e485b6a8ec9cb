/// What a citizen has let WeChat send them later, as the gateway asked when they wrote. Personal data, as ``Citizen`` is.
package struct Subscription: Hashable, Sendable, Codable {
  /// Ids of templates of which one message may be sent, whenever (一次性订阅). One that was accepted twice stands there
  /// twice.
  package var once: [String]?
  /// Ids of templates of which messages may be sent any number of times (长期订阅, 模板消息): WeChat allows that to accounts
  /// of public services.
  package var always: [String]?

  /// The most templates that are kept of each sort, and the longest that an id may be.
  package static let maximum = 20
  package static let maximumID = 64

  package init(once: [String]? = nil, always: [String]? = nil) {
    self.once = once
    self.always = always
  }

  /// What is wrong with it, beginning with the field; never its contents.
  var fault: String? {
    for (name, ids) in [("once", once ?? []), ("always", always ?? [])] {
      if ids.count > Self.maximum { return "\(name) has more than \(Self.maximum) templates" }
      if ids.contains(where: { $0.isEmpty || $0.utf8.count > Self.maximumID }) {
        return "\(name) has a template that is not 1 to \(Self.maximumID) bytes long"
      }
    }
    return nil
  }
}
