import Yams

/// One walk over the YAML of the categories: what was read, and what was wrong with it.
struct CategoryReading {
  private(set) var version: String?
  private(set) var categories: [Category] = []
  private(set) var rules: [CategoryRule] = []
  private(set) var faults: [InvalidCategories.Fault] = []
  private let file: String
  private var size = 0

  init(file: String) {
    self.file = file
  }

  mutating func read(_ root: Node) {
    let top = mapping(root, "the file", keys: ["version", "categories", "rules"], required: ["version", "categories"])
    if let node = top["version"] {
      version = text(node, "version")
      // It travels in every classification, behind the model's.
      if let version, version.isEmpty || version.count > 64 || version.contains(where: \.isWhitespace) {
        fault(node, "version is not 1 to 64 characters without spaces")
      }
    }
    for node in list(top["categories"], "categories") { readCategory(node) }
    if categories.isEmpty, faults.isEmpty { fault(root, "there is no category") }
    for node in list(top["rules"], "rules") { readRule(node) }
    if size > WordTrie.maximumSize { fault(root, "all words together have more than \(WordTrie.maximumSize) bytes") }
  }

  private mutating func readCategory(_ node: Node) {
    let fields = mapping(
      node, "a category", keys: ["name", "clear", "good", "faint", "topics"], required: ["name"])
    let name = fields["name"].flatMap { word($0, "name") } ?? ""
    if categories.contains(where: { $0.name == name }) { fault(node, "category \(name) stands twice") }
    var topics: [Category.Topic] = []
    for node in list(fields["topics"], "topics") {
      let fields = mapping(node, "a topic", keys: ["name", "terms"], required: ["name"])
      let topic = fields["name"].flatMap { word($0, "name") } ?? ""
      if topics.contains(where: { $0.name == topic }) { fault(node, "topic \(topic) stands twice in \(name)") }
      topics.append(Category.Topic(name: topic, terms: words(fields["terms"], "terms")))
    }
    let lists = ["clear", "good", "faint"].map { words(fields[$0], $0) }
    var seen: Set<String> = []
    for word in lists.joined() where !seen.insert(Categories.plain(word)).inserted {
      fault(node, "\(word) stands twice among the words of \(name)")
    }
    categories.append(Category(name: name, clear: lists[0], good: lists[1], faint: lists[2], topics: topics))
  }

  private mutating func readRule(_ node: Node) {
    let fields = mapping(
      node, "a rule", keys: ["words", "category", "topic"], required: ["words", "category"])
    let words = words(fields["words"], "words")
    if fields["words"] != nil, words.isEmpty { fault(node, "a rule has no words") }
    guard let category = fields["category"].flatMap({ word($0, "category") }) else { return }
    let topic = fields["topic"].flatMap { word($0, "topic") }
    guard let known = categories.first(where: { $0.name == category }) else {
      fault(node, "the rule's category \(category) is none of those above")
      return
    }
    if let topic, !known.topics.contains(where: { $0.name == topic }) {
      fault(node, "the rule's topic \(topic) is none of \(category)")
    }
    rules.append(CategoryRule(words: words.map(Categories.plain), category: category, topic: topic))
  }

  private mutating func fault(_ node: Node, _ message: String) {
    faults.append(InvalidCategories.Fault(file: file, line: node.mark?.line, message: message))
  }

  private mutating func mapping(
    _ node: Node, _ what: String, keys: Set<String>, required: Set<String>
  ) -> [String: Node] {
    guard let mapping = node.mapping else {
      fault(node, "\(what) is not a mapping of keys to values")
      return [:]
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      if let name = key.scalar?.string, keys.contains(name) {
        fields[name] = value
      } else {
        fault(key, "\(what) has the unknown key \(key.scalar?.string ?? "(no plain text)")")
      }
    }
    for name in required.sorted() where fields[name] == nil { fault(node, "\(what) has no \(name)") }
    return fields
  }

  private mutating func list(_ node: Node?, _ what: String) -> [Node] {
    guard let node, node.null == nil else { return [] }
    guard let sequence = node.sequence else {
      fault(node, "\(what) is not a list")
      return []
    }
    return Array(sequence)
  }

  private mutating func text(_ node: Node, _ what: String) -> String? {
    guard let scalar = node.scalar, node.null == nil else {
      fault(node, "\(what) is not text")
      return nil
    }
    return scalar.string
  }

  /// Text with something to find in it.
  private mutating func word(_ node: Node, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let plain = Categories.plain(text)
    size += plain.utf8.count
    if plain.isEmpty {
      fault(node, "\(what) is empty")
      return nil
    }
    return text
  }

  private mutating func words(_ node: Node?, _ what: String) -> [String] {
    list(node, what).compactMap { word($0, "one of \(what)") }
  }
}
