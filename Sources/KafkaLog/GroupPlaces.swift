import CLibrdkafka
import EventLog
import Logging

/// Where a group goes on reading.
struct GroupPlaces {
  let group: String
  let cluster: Cluster
  let logger: Logger

  /// The committed offset of each partition, or its first record where there is none; and where each ended on the way.
  ///
  /// Offsets that are part of an open transaction are waited for: librdkafka asks for stable ones, since its client reads
  /// committed records only, and as long as one isn't, its partition bears an error.
  func find(
    of partitions: [TopicPartition], by consumer: OpaquePointer
  ) throws(LogError) -> (places: [TopicPartition: Offset], ends: [TopicPartition: Offset]) {
    var places = try cluster.persistently(while: "tell the offsets of group \(group)") { deadline throws(KafkaError) in
      let none = Dictionary(uniqueKeysWithValues: partitions.map { ($0, Offset(RD_KAFKA_OFFSET_INVALID)) })
      let list = PartitionList(none, prefix: cluster.settings.prefix)
      let code = rd_kafka_committed(consumer, list.pointer, max(1, deadline.milliseconds))
      if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(code) }
      return try list.offsets()
    }
    let ends = try cluster.offsets(.end, of: partitions)
    let first = try cluster.offsets(.first, of: partitions)
    for partition in partitions {
      let bounds = (first: first[partition] ?? 0, end: ends[partition] ?? 0)
      places[partition] = keep(places[partition] ?? -1, inside: bounds, of: partition)
    }
    return (places, ends)
  }

  /// A negative offset means that the group has never committed one.
  private func keep(
    _ offset: Offset, inside bounds: (first: Offset, end: Offset), of partition: TopicPartition
  ) -> Offset {
    if offset < 0 { return bounds.first }
    if offset < bounds.first {
      logger.warning(
        "records were deleted before they were read",
        metadata: ["partition": "\(partition)", "skipped": "\(bounds.first - offset)"])
      return bounds.first
    }
    if offset > bounds.end {
      logger.error(
        "a committed offset lies after the end of its partition; beginning again at the first record",
        metadata: ["partition": "\(partition)", "offset": "\(offset)", "end": "\(bounds.end)"])
      return bounds.first
    }
    return offset
  }
}
