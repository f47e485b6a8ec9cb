import CLibrdkafka
import EventLog

/// A list of partitions and offsets in librdkafka's form. Names in it bear the prefix, names outside don't.
final class PartitionList {
  let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
  private let prefix: String

  init(_ offsets: [TopicPartition: Offset], prefix: String) {
    self.prefix = prefix
    pointer = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count))
    for (partition, offset) in offsets.sorted(by: { $0.key < $1.key }) {
      let element = rd_kafka_topic_partition_list_add(
        pointer, prefix + partition.topic, Int32(clamping: partition.partition))
      element?.pointee.offset = offset
    }
  }

  deinit {
    rd_kafka_topic_partition_list_destroy(pointer)
  }

  /// What librdkafka wrote into the list.
  /// - Throws: the first error that it gave for one of the partitions.
  func offsets() throws(KafkaError) -> [TopicPartition: Offset] {
    var offsets: [TopicPartition: Offset] = [:]
    for element in pointer.elements {
      let partition = element.partition(without: prefix)
      if element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
        throw KafkaError(element.err, "\(partition): \(String(cString: rd_kafka_err2str(element.err)))")
      }
      offsets[partition] = element.offset
    }
    return offsets
  }
}

extension UnsafeMutablePointer<rd_kafka_topic_partition_list_t> {
  var elements: UnsafeMutableBufferPointer<rd_kafka_topic_partition_t> {
    UnsafeMutableBufferPointer(start: pointee.elems, count: Int(pointee.cnt))
  }
}

extension rd_kafka_topic_partition_t {
  func partition(without prefix: String) -> TopicPartition {
    TopicPartition(String(String(cString: topic).dropFirst(prefix.count)), Int(partition))
  }
}
