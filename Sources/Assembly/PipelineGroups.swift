import Board
import Cases

/// The stages of the pipeline as the log knows them, for whoever watches them without being one.
enum PipelineGroups {
  static let all = [
    ConsumerGroup(name: "converse", topics: [Topics.chats]),
    ConsumerGroup(name: "classify", topics: [Topics.opinions]),
    ConsumerGroup(name: "route", topics: [Topics.classifications, Topics.cases]),
    ConsumerGroup(name: "sketch", topics: [Topics.classifications]),
    ConsumerGroup(name: "similar", topics: [Topics.bands]),
    ConsumerGroup(name: "track", topics: [Topics.commands]),
    ConsumerGroup(name: "relay", topics: [Topics.cases]),
    ConsumerGroup(name: "quota", topics: [Topics.quotas]),
    ConsumerGroup(name: "feedback", topics: [Topics.cases]),
  ]
}
