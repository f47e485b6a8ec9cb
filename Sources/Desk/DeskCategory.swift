/// A category of the first level that a case can be given, with those of the second within it.
package struct DeskCategory: Hashable, Sendable {
  package let name: String
  package let topics: [String]

  package init(name: String, topics: [String]) {
    self.name = name
    self.topics = topics
  }
}
