import Cases
import YAMLForms
import Yams

/// One walk over a file of users.
struct UserReading {
  private(set) var form: YAMLReading
  private(set) var users: [User] = []

  init(file: String) {
    form = YAMLReading(file: file)
  }

  mutating func read(_ root: Node) {
    let fields = form.mapping(root, "the file", keys: ["users"], required: ["users"])
    guard let entries = fields["users"], entries.null == nil else { return }
    guard let named = entries.mapping else { return form.fault(entries, "users is not a mapping of names to users") }
    for (name, entry) in named { read(entry, name) }
  }

  private mutating func read(_ entry: Node, _ nameNode: Node) {
    guard let name = nameNode.scalar?.string, Account.isName(name) else {
      return form.fault(nameNode, "a name is 1 to 64 of a–z, A–Z, 0–9, hyphen, dot, underscore and @")
    }
    let required: Set = ["title", "role"]
    let fields = form.mapping(entry, name, keys: required.union(["holder", "password"]), required: required)
    let title = title(fields["title"], name)
    let role = role(fields["role"], name)
    let holder = holder(fields["holder"], name)
    let password = password(fields["password"], name)
    guard let title, let role else { return }
    if Account.isHolder(role) {
      if fields["holder"] == nil {
        form.fault(entry, "\(name): a \(role.rawValue) has a holder, its id in the directory")
      }
    } else if let node = fields["holder"] {
      form.fault(node, "\(name): only a deputy, a station and a department have a holder")
    }
    let account = Account(name: name, title: title, role: role, holder: holder)
    users.append(User(account, password: password, line: form.line(of: nameNode)))
  }

  private mutating func title(_ node: Node?, _ name: String) -> String? {
    guard let node, let title = form.text(node, "the title of \(name)") else { return nil }
    guard (1...100).contains(title.unicodeScalars.count), Self.isPlain(title) else {
      form.fault(node, "\(name): a title is 1 to 100 characters on one line")
      return nil
    }
    return title
  }

  private mutating func role(_ node: Node?, _ name: String) -> Actor.Role? {
    guard let node, let text = form.text(node, "the role of \(name)") else { return nil }
    guard let role = Actor.Role(rawValue: text), Account.roles.contains(role) else {
      let known = Account.roles.map(\.rawValue).joined(separator: ", ")
      form.fault(node, "\(name): the role is none of \(known)")
      return nil
    }
    return role
  }

  private mutating func holder(_ node: Node?, _ name: String) -> String? {
    guard let node, let holder = form.text(node, "the holder of \(name)") else { return nil }
    guard (1...64).contains(holder.utf8.count), Self.isPlain(holder) else {
      form.fault(node, "\(name): the holder is no id of a directory")
      return nil
    }
    return holder
  }

  /// What stands there is not repeated: it may be the password itself.
  private mutating func password(_ node: Node?, _ name: String) -> PasswordHash? {
    guard let node, let text = form.text(node, "the password of \(name)") else { return nil }
    guard let password = PasswordHash(text) else {
      form.fault(
        node,
        "\(name): the password is not what huiyin users new prints (scrypt$N$r$p$salt$hash, within the limits of its costs)"
      )
      return nil
    }
    return password
  }

  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}
