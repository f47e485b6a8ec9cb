import Yams

/// One pass over the nodes of a file of keys, which collects every fault there is.
struct APIKeyReading {
  private(set) var keys: [APIKey] = []
  private(set) var isPublic = false
  private(set) var faults: [InvalidAPIKeys.Fault] = []
  private let file: String

  init(file: String) {
    self.file = file
  }

  mutating func read(_ root: Node) {
    guard let mapping = root.mapping else { return note(root, "the file is not a mapping") }
    for (name, value) in mapping {
      switch name.string {
      case "public":
        if let flag = value.bool { isPublic = flag } else { note(value, "public is not true or false") }
      case "keys":
        guard let entries = value.mapping else {
          note(value, "keys is not a mapping of names to keys")
          continue
        }
        for (name, entry) in entries { read(entry, name) }
      default: note(name, "\(name.string ?? "this") is not known here")
      }
    }
  }

  private mutating func read(_ entry: Node, _ nameNode: Node) {
    guard let name = nameNode.scalar?.string, APIKey.isName(name) else {
      return note(nameNode, "a name is 1 to 64 of a–z, 0–9 and hyphen")
    }
    guard let fields = entry.mapping else { return note(entry, "\(name) is not a mapping") }
    var digest: [UInt8]?
    var scopes: Set<APIKey.Scope>?
    var perMinute: Int?
    for (field, value) in fields {
      switch field.string {
      case "sha256":
        digest = value.scalar.flatMap { Self.digest($0.string) }
        if digest == nil { note(value, "\(name): sha256 is not 64 hexadecimal digits") }
      case "scopes":
        let read = value.sequence?.map { $0.string.flatMap { APIKey.Scope(rawValue: $0) } } ?? []
        scopes = Set(read.compactMap { $0 })
        if read.isEmpty || read.contains(nil) {
          note(
            value, "\(name): scopes is not a list of \(APIKey.Scope.allCases.map(\.rawValue).joined(separator: ", "))")
        }
      case "perMinute":
        perMinute = value.int.flatMap { (1...1_000_000).contains($0) ? $0 : nil }
        if perMinute == nil { note(value, "\(name): perMinute is not a whole number from 1 to 1,000,000") }
      default: note(field, "\(name): \(field.string ?? "this") is not known here")
      }
    }
    for missing in ["sha256", "scopes", "perMinute"] where fields[Node(missing)] == nil {
      note(entry, "\(name): \(missing) is missing")
    }
    guard let digest, let scopes, let perMinute else { return }
    if let other = keys.first(where: { $0.digest == digest }) {
      return note(entry, "\(name) has the same key as \(other.name)")
    }
    keys.append(APIKey(name: name, digest: digest, scopes: scopes, perMinute: perMinute))
  }

  private mutating func note(_ node: Node, _ message: String) {
    faults.append(.init(file: file, line: node.mark?.line, message: message))
  }

  private static func digest(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard text.utf8.count == 64, digits.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
