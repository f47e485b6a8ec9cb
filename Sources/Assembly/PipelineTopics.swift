import Cases
package import EventLog
import Streams

/// All topics of the pipeline, as `huiyin topics create` makes them.
package enum PipelineTopics {
  private static let day = Duration.seconds(86_400)
  private static let large = 2 << 20

  package static func specifications(partitions: Int) -> [TopicSpecification] {
    func topic(_ name: String, _ cleanup: TopicSpecification.Cleanup, size: Int = large) -> TopicSpecification {
      TopicSpecification(name: name, partitions: partitions, cleanup: cleanup, maximumRecordSize: size)
    }
    return [
      topic(Topics.chats, .delete(after: day * 7), size: 1 << 20),
      topic(Topics.codes, .compact(tombstones: day * 7)),
      topic(Topics.directory, .compact(tombstones: day * 7)),
      topic(Topics.opinions, .delete(after: day * 365), size: 1 << 20),
      topic(Topics.classifications, .delete(after: day * 90)),
      topic(Topics.bands, .delete(after: day * 7)),
      topic(Topics.commands, .delete(after: day * 365)),
      topic(Topics.cases, .delete(after: nil)),
      topic(Topics.quotas, .delete(after: day * 365)),
      topic(Topics.feedback, .delete(after: day * 90)),
      topic(Topics.citizens, .compact(tombstones: day * 7)),
      topic(Topics.deadLetters, .delete(after: nil)),
      topic("converse-changelog", .compact(tombstones: day * 7)),
      topic("track-changelog", .compact(tombstones: day * 7)),
      topic("quota-changelog", .compact(tombstones: day * 7)),
      topic("similar-changelog", .compact(tombstones: day * 7)),
      topic("feedback-changelog", .compact(tombstones: day * 7)),
    ]
  }
}
