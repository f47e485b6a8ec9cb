import YAMLForms
import Yams

/// One walk over the YAML of the categories: what was read, and what was wrong with it.
struct CategoryReading {
  private(set) var version = ""
  private(set) var categories: [Category] = []
  private(set) var rules: [CategoryRule] = []
  private(set) var form: YAMLReading
  private var size = 0

  init(file: String) {
    form = YAMLReading(file: file)
  }

  mutating func read(_ root: Node) {
    let top = form.mapping(
      root, "the file", keys: ["version", "categories", "rules"], required: ["version", "categories"])
    if let text = form.text(top["version"], "version") {
      version = text
      // It travels in every classification, behind the model's.
      if text.isEmpty || text.count > 64 || text.contains(where: \.isWhitespace) {
        form.fault(top["version"], "version is not 1 to 64 characters without spaces")
      }
    }
    for node in form.list(top["categories"], "categories") { readCategory(node) }
    if categories.isEmpty, form.faults.isEmpty { form.fault(root, "there is no category") }
    for node in form.list(top["rules"], "rules") { readRule(node) }
    if size > WordTrie.maximumSize {
      form.fault(root, "all words together have more than \(WordTrie.maximumSize) bytes")
    }
  }

  private mutating func readCategory(_ node: Node) {
    let fields = form.mapping(
      node, "a category", keys: ["name", "clear", "good", "faint", "topics"], required: ["name"])
    let name = fields["name"].flatMap { word($0, "name") } ?? ""
    if categories.contains(where: { $0.name == name }) { form.fault(node, "category \(name) stands twice") }
    var topics: [Category.Topic] = []
    for node in form.list(fields["topics"], "topics") {
      let fields = form.mapping(node, "a topic", keys: ["name", "terms"], required: ["name"])
      let topic = fields["name"].flatMap { word($0, "name") } ?? ""
      if topics.contains(where: { $0.name == topic }) { form.fault(node, "topic \(topic) stands twice in \(name)") }
      topics.append(Category.Topic(name: topic, terms: words(fields["terms"], "terms")))
    }
    let lists = ["clear", "good", "faint"].map { words(fields[$0], $0) }
    var seen: Set<String> = []
    for word in lists.joined() where !seen.insert(Categories.plain(word)).inserted {
      form.fault(node, "\(word) stands twice among the words of \(name)")
    }
    categories.append(Category(name: name, clear: lists[0], good: lists[1], faint: lists[2], topics: topics))
  }

  private mutating func readRule(_ node: Node) {
    let fields = form.mapping(
      node, "a rule", keys: ["words", "category", "topic"], required: ["words", "category"])
    let words = words(fields["words"], "words")
    if fields["words"] != nil, words.isEmpty { form.fault(node, "a rule has no words") }
    guard let category = fields["category"].flatMap({ word($0, "category") }) else { return }
    let topic = fields["topic"].flatMap { word($0, "topic") }
    guard let known = categories.first(where: { $0.name == category }) else {
      form.fault(node, "the rule's category \(category) is none of those above")
      return
    }
    if let topic, !known.topics.contains(where: { $0.name == topic }) {
      form.fault(node, "the rule's topic \(topic) is none of \(category)")
    }
    rules.append(CategoryRule(words: words.map(Categories.plain), category: category, topic: topic))
  }

  /// Text with something to find in it.
  private mutating func word(_ node: Node, _ what: String) -> String? {
    guard let text = form.text(node, what) else { return nil }
    let plain = Categories.plain(text)
    size += plain.utf8.count
    if plain.isEmpty {
      form.fault(node, "\(what) is empty")
      return nil
    }
    return text
  }

  private mutating func words(_ node: Node?, _ what: String) -> [String] {
    form.list(node, what).compactMap { word($0, "one of \(what)") }
  }
}
