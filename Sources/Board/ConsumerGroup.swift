/// A stage of the pipeline, as the log knows it: a group of workers, and what they read.
package struct ConsumerGroup: Hashable, Sendable {
  package let name: String
  package let topics: [String]

  package init(name: String, topics: [String]) {
    self.name = name
    self.topics = topics
  }
}
