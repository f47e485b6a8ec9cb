import CLibrdkafka

/// The group's generation and this member's place in it, as librdkafka knew them at one moment. Owned.
final class CapturedMetadata {
  let pointer: OpaquePointer

  /// `nil` if the client is in no group.
  init?(of consumer: OpaquePointer) {
    guard let pointer = rd_kafka_consumer_group_metadata(consumer) else { return nil }
    self.pointer = pointer
  }

  deinit {
    rd_kafka_consumer_group_metadata_destroy(pointer)
  }
}
