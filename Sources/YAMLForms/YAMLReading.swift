package import Yams

/// One walk over a file's YAML. What isn't of the form asked for is noted, and the walk goes on with less, so that all
/// faults are found at once: whoever walks looks at ``faults`` before using what was read.
package struct YAMLReading {
  package let file: String
  package private(set) var faults: [FileFault] = []

  package init(file: String) {
    self.file = file
  }

  /// The first is 1.
  package func line(of node: Node?) -> Int? { node?.mark?.line }

  package mutating func fault(_ node: Node?, _ message: String) {
    faults.append(FileFault(file: file, line: line(of: node), message: message))
  }

  /// - Throws: ``InvalidFile`` if there has been any fault.
  package func check() throws(InvalidFile) {
    if !faults.isEmpty { throw InvalidFile(faults) }
  }

  /// The values by their keys; a key that isn't among `keys` is a fault.
  package mutating func mapping(
    _ node: Node, _ what: String, keys: Set<String>, required: Set<String> = []
  ) -> [String: Node] {
    guard let mapping = node.mapping else {
      fault(node, "\(what) is not a mapping of keys to values")
      return [:]
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string
      if let name, keys.contains(name) {
        fields[name] = value
      } else {
        fault(key, "\(what) has the unknown key \(name ?? "(no plain text)")")
      }
    }
    for name in required.sorted() where fields[name] == nil { fault(node, "\(what) has no \(name)") }
    return fields
  }

  /// Empty for one that is missing or null.
  package mutating func list(_ node: Node?, _ what: String) -> [Node] {
    guard let node, node.null == nil else { return [] }
    guard let sequence = node.sequence else {
      fault(node, "\(what) is not a list")
      return []
    }
    return Array(sequence)
  }

  /// A number is taken as it is written, so that a code such as 007 keeps its zeros. `nil` for one that is missing.
  package mutating func text(_ node: Node?, _ what: String) -> String? {
    guard let node else { return nil }
    guard let scalar = node.scalar, node.null == nil else {
      fault(node, "\(what) is not text")
      return nil
    }
    return scalar.string
  }

  package mutating func texts(_ node: Node?, _ what: String) -> [String] {
    list(node, what).compactMap { text($0, "one of \(what)") }
  }

  /// `nil` for one that is missing.
  package mutating func wholeNumber(_ node: Node?, _ what: String) -> Int? {
    guard let text = text(node, what) else { return nil }
    guard let number = Int(text) else {
      fault(node, "\(what) must be a whole number, is \(text)")
      return nil
    }
    return number
  }
}
