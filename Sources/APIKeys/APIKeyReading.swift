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
    let fields = form.mapping(entry, name, keys: required, required: required)
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
    guard let digest, let rate else { return }
    if let other = keys.first(where: { $0.digest == digest }) {
      return form.fault(entry, "\(name) has the same key as \(other.name)")
    }
    keys.append(APIKey(name: name, digest: digest, scopes: Set(named.compactMap(\.self)), perMinute: rate))
  }

  private static func digest(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard text.utf8.count == 64, digits.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
