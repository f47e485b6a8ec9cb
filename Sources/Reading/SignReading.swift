import Yams

/// One walk over the YAML of a list of signs.
struct SignReading {
  let file: String

  func read(_ root: Node) throws(SignFile.Fault) -> SignList {
    let top = try mapping(root, "the list", keys: ["version", "signs"], required: ["version", "signs"])
    var entries: [SignList.Entry] = []
    var lines: [Int?] = []
    for node in try list(top["signs"], "signs") {
      let fields = try mapping(node, "a sign", keys: ["sign", "words", "except"], required: ["sign", "words"])
      lines.append(node.mark?.line)
      entries.append(
        SignList.Entry(
          sign: try text(fields["sign"], "sign"), words: try texts(fields["words"], "words"),
          except: try texts(fields["except"], "except")))
    }
    let version = try text(top["version"], "version")
    do throws(SignList.Fault) {
      return try SignList(version: version, entries: entries)
    } catch {
      let line = error.entry.map { lines[$0] } ?? top["version"]?.mark?.line
      throw SignFile.Fault(file: file, line: line, reason: error.message)
    }
  }

  func fault(of error: any Error) -> SignFile.Fault {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      SignFile.Fault(file: file, line: mark.line, reason: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      SignFile.Fault(
        file: file, line: context.mark.line, reason: "in one mapping stands twice: \(keys.joined(separator: ", "))")
    default: SignFile.Fault(file: file, line: nil, reason: "not YAML")
    }
  }

  private func fault(_ node: Node, _ reason: String) -> SignFile.Fault {
    SignFile.Fault(file: file, line: node.mark?.line, reason: reason)
  }

  private func mapping(
    _ node: Node, _ what: String, keys: Set<String>, required: Set<String>
  ) throws(SignFile.Fault) -> [String: Node] {
    guard let mapping = node.mapping else { throw fault(node, "\(what) is not a mapping of keys to values") }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string
      guard let name, keys.contains(name) else {
        throw fault(key, "\(what) has the unknown key \(name ?? "(no plain text)")")
      }
      fields[name] = value
    }
    for name in required.sorted() where fields[name] == nil { throw fault(node, "\(what) has no \(name)") }
    return fields
  }

  private func list(_ node: Node?, _ what: String) throws(SignFile.Fault) -> [Node] {
    guard let node, node.null == nil else { return [] }
    guard let sequence = node.sequence else { throw fault(node, "\(what) is not a list") }
    return Array(sequence)
  }

  private func text(_ node: Node?, _ what: String) throws(SignFile.Fault) -> String {
    guard let node else { return "" }
    guard let scalar = node.scalar, node.null == nil else { throw fault(node, "\(what) is not text") }
    return scalar.string
  }

  private func texts(_ node: Node?, _ what: String) throws(SignFile.Fault) -> [String] {
    var texts: [String] = []
    for node in try list(node, what) { texts.append(try text(node, "one of \(what)")) }
    return texts
  }
}
