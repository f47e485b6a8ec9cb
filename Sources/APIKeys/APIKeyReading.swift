import ByteText
import Cases
import YAMLForms
import Yams

/// One walk over a file of keys.
struct APIKeyReading {
  private(set) var form: YAMLReading
  private(set) var keys: [APIKey] = []
  private(set) var isPublic = false

  init(file: String) {
    form = YAMLReading(file: file)
  }

  mutating func read(_ root: Node) {
    let fields = form.mapping(root, "the file", keys: ["public", "keys"])
    if let flag = fields["public"] {
      if let value = flag.bool { isPublic = value } else { form.fault(flag, "public is not true or false") }
    }
    guard let entries = fields["keys"] else { return }
    guard let named = entries.mapping else { return form.fault(entries, "keys is not a mapping of names to keys") }
    for (name, entry) in named { read(entry, name) }
  }

  private mutating func read(_ entry: Node, _ nameNode: Node) {
    guard let name = nameNode.scalar?.string, APIKey.isName(name) else {
      return form.fault(nameNode, "a name is 1 to 64 of a–z, 0–9 and hyphen")
    }
    let required: Set = ["sha256", "scopes", "perMinute"]
    let fields = form.mapping(entry, name, keys: required.union(["actor"]), required: required)
    guard let sha256 = fields["sha256"], let scopes = fields["scopes"], let perMinute = fields["perMinute"] else {
      return
    }
    let digest = sha256.scalar.flatMap { Self.digest($0.string) }
    if digest == nil { form.fault(sha256, "\(name): sha256 is not 64 hexadecimal digits") }
    let named = form.texts(scopes, "the scopes of \(name)").map { APIKey.Scope(rawValue: $0) }
    if named.isEmpty || named.contains(nil) {
      let known = APIKey.Scope.allCases.map(\.rawValue).joined(separator: ", ")
      form.fault(scopes, "\(name): scopes is not a list of \(known)")
    }
    let rate = form.wholeNumber(perMinute, "perMinute of \(name)")
    if let rate, !(1...1_000_000).contains(rate) { form.fault(perMinute, "\(name): perMinute is not 1 to 1,000,000") }
    let actor = fields["actor"].flatMap { self.actor($0, name) }
    if fields["actor"] == nil, named.contains(.read) || named.contains(.command) {
      form.fault(scopes, "\(name): who may read or command has an actor")
    }
    guard let digest, let rate else { return }
    if let other = keys.first(where: { $0.digest == digest }) {
      return form.fault(entry, "\(name) has the same key as \(other.name)")
    }
    keys.append(
      APIKey(name: name, digest: digest, scopes: Set(named.compactMap(\.self)), perMinute: rate, actor: actor))
  }

  private mutating func actor(_ node: Node, _ name: String) -> Actor? {
    let fields = form.mapping(node, "the actor of \(name)", keys: ["role", "holder"], required: ["role"])
    guard let given = fields["role"], let text = form.text(given, "the role of \(name)") else { return nil }
    let holder = form.text(fields["holder"], "the holder of \(name)")
    switch Actor.Role(rawValue: text) {
    case let role? where [.deputy, .station, .department].contains(role):
      guard let holder, !holder.isEmpty else {
        form.fault(node, "\(name): a \(text) has a holder, its id in the directory")
        return nil
      }
      return Actor(role: role, id: holder)
    case let role? where [.supervisor, .administrator].contains(role):
      if let node = fields["holder"] { form.fault(node, "\(name): a \(text) has no holder") }
      return Actor(role: role, id: name)
    default:
      form.fault(given, "\(name): the role is none of deputy, station, department, supervisor, administrator")
      return nil
    }
  }

  private static func digest(_ text: String) -> [UInt8]? {
    ByteAlphabet.hexadecimal.bytes(of: text.lowercased()).flatMap { $0.count == 32 ? $0 : nil }
  }
}
