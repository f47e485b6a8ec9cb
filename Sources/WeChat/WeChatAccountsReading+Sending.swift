import YAMLForms
import Yams

// What an account needs so as to send.
extension WeChatAccountsReading {
  static let sendingKeys: Set = ["secret", "secretFile", "api", "perSecond", "templates"]

  /// `nil` for an account that only answers.
  mutating func sending(_ fields: [String: Node], account name: String, appID: String) -> SendingAccount? {
    let isThere = fields["secret"] != nil || fields["secretFile"] != nil
    guard isThere else {
      for key in ["api", "perSecond", "templates"] where fields[key] != nil {
        form.fault(fields[key], "accounts.\(name) has \(key), but no secret (or secretFile)")
      }
      return nil
    }
    let secret = secret("secret", of: fields, account: name)
    if let secret, !(16...64).contains(secret.utf8.count) || !secret.utf8.allSatisfy(Self.isLetterOrDigit) {
      form.fault(
        fields["secret"] ?? fields["secretFile"], "accounts.\(name): secret is not 16 to 64 letters and digits")
    }
    let api = api(fields["api"], account: name)
    let perSecond = form.wholeNumber(fields["perSecond"], "accounts.\(name).perSecond")
    if let perSecond, !(1...1000).contains(perSecond) {
      form.fault(fields["perSecond"], "accounts.\(name).perSecond is not 1 to 1000")
    }
    var templates: [MessageTemplate] = []
    for node in form.list(fields["templates"], "accounts.\(name).templates") {
      if let template = template(node, account: name) { templates.append(template) }
    }
    return SendingAccount(
      name: name, appID: appID, secret: secret ?? "", api: api, perSecond: perSecond ?? SendingAccount.usualRate,
      templates: templates)
  }

  private mutating func api(_ node: Node?, account: String) -> String {
    guard let node, let text = form.text(node, "accounts.\(account).api") else { return SendingAccount.usualAPI }
    let address = String(text.reversed().drop { $0 == "/" }.reversed())
    let isAddress =
      ["https://", "http://"].contains { address.hasPrefix($0) && address.count > $0.count }
      && address.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !address.contains { "?#@".contains($0) }
    if !isAddress {
      form.fault(node, "accounts.\(account).api is not an http or https address without user, query and fragment")
    }
    return address
  }

  private mutating func template(_ node: Node, account: String) -> MessageTemplate? {
    let what = "a template of accounts.\(account)"
    let parts = form.mapping(
      node, what, keys: ["id", "kind", "for", "fields", "page"], required: ["id", "kind", "for", "fields"])
    let id = form.text(parts["id"], "\(what): id")
    if let id, !(1...64).contains(id.utf8.count) { form.fault(parts["id"], "\(what): id is not 1 to 64 bytes long") }
    let sort = word(parts["kind"], "\(what): kind", of: MessageTemplate.Sort.self)
    let purposes = form.list(parts["for"], "\(what): for").compactMap { purpose in
      word(purpose, "\(what): for", of: MessageTemplate.Purpose.self)
    }
    let allowed = MessageTemplate.placeholders(for: Set(purposes))
    var fields: [String: TemplatePattern] = [:]
    if let named = parts["fields"] {
      for (key, value) in named.mapping ?? [:] {
        guard let field = form.text(key, "\(what): the name of a field") else { continue }
        fields[field] = pattern(value, "\(what): \(field)", allowed)
      }
      if fields.isEmpty { form.fault(named, "\(what): fields names no field") }
    }
    let page = parts["page"].flatMap { pattern($0, "\(what): page", allowed) }
    guard let id, let sort, !purposes.isEmpty else { return nil }
    return MessageTemplate(id: id, sort: sort, purposes: Set(purposes), fields: fields, page: page)
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node?, _ what: String, of type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let node, let text = form.text(node, what) else { return nil }
    if let word = Word(rawValue: text) { return word }
    form.fault(node, "\(what) is none of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }

  private mutating func pattern(
    _ node: Node, _ what: String, _ allowed: Set<TemplatePattern.Placeholder>
  ) -> TemplatePattern? {
    guard let text = form.text(node, what) else { return nil }
    do throws(TemplatePattern.Fault) {
      return try TemplatePattern(text, allowed: allowed)
    } catch {
      form.fault(node, "\(what) \(error.reason)")
      return nil
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
