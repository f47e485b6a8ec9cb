package import EventLog

/// A record that tells the worker of a partition by which rules its processor goes from there on.
///
/// It has no key, so that it stays in the partition in which it was put: one lies in each partition of the input topic,
/// and what comes before it there was handled by the rules before. What the rules say is the processor's business
/// (``Processor/adopting(_:)``).
package struct RulesRecord: Hashable, Sendable {
  package static let type = "cn.huiyin.rules.v1"

  /// JSON, in UTF-8.
  package let rules: [UInt8]

  static let controlValue = "rules"

  /// `nil` for a record that brings no rules. Whoever writes one must say so twice, by the type and by the control header,
  /// so that nobody's opinion is taken for one.
  package init?(_ record: Record) {
    guard record.key == nil, let value = record.value,
      record.header(Control.verbHeader)?.elementsEqual(Self.controlValue.utf8) == true,
      record.header("ce_type")?.elementsEqual(Self.type.utf8) == true
    else { return nil }
    rules = value
  }

  /// The same rules for all partitions of a topic; to be appended in one transaction.
  ///
  /// - Parameter envelope: who says it, and when; its type and data are replaced.
  package static func outputs(_ rules: [UInt8], as envelope: CloudEvent, to topic: TopicSpecification) -> [Output] {
    var event = envelope
    event.type = type
    event.data = rules
    var record = event.record(key: nil)
    record.headers.append(Header(Control.verbHeader, controlValue))
    return (0..<topic.partitions).map { Output(to: topic.name, partition: $0, record) }
  }
}
