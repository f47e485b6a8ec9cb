import CLibrdkafka
import EventLog
import Time

/// What librdkafka has fetched of one partition and nobody has taken yet.
///
/// Each partition has its own, of bounded size: so none starves behind another, one that is left alone simply stays
/// full, and nothing that was fetched for it is thrown away.
final class FetchQueue {
  enum Item {
    /// One that ``takeFirst()`` gives, and what it counts towards limits in bytes.
    case record(offset: Offset, size: Int)
    /// Nothing that a reader will ever see lies before this offset, and nothing at all was behind it.
    case end(Offset)
    case failed(KafkaError)
  }

  let partition: TopicPartition
  private let queue: OpaquePointer
  private let bell: Bell
  /// Keeps the handle until the queue is given back.
  private let client: Client
  private var next: Item?
  private var record: StoredRecord?

  /// To be made before fetching begins, so that librdkafka leaves the records here.
  init(_ partition: TopicPartition, prefix: String, of client: Client, bell: Bell) throws(KafkaError) {
    guard
      let queue = rd_kafka_queue_get_partition(
        client.handle, prefix + partition.topic, Int32(clamping: partition.partition))
    else { throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION) }
    self.partition = partition
    self.queue = queue
    self.bell = bell
    self.client = client
    rd_kafka_queue_forward(queue, nil)
    bell.listen(to: queue)
  }

  deinit {
    Bell.silence(queue)
    rd_kafka_queue_destroy(queue)
  }

  /// How many items wait behind the first.
  var count: Int { rd_kafka_queue_length(queue) }

  /// The first item, if there is one; it stays the first until it is dropped or taken.
  func peek() -> Item? {
    if next == nil, let message = rd_kafka_consume_queue(queue, 0) {
      next = read(message)
      rd_kafka_message_destroy(message)
    }
    return next
  }

  private func read(_ message: UnsafePointer<rd_kafka_message_t>) -> Item {
    switch message.pointee.err {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      let record = StoredRecord(message, of: partition)
      self.record = record
      return .record(offset: record.offset, size: record.record.size)
    case RD_KAFKA_RESP_ERR__PARTITION_EOF: return .end(message.pointee.offset)
    default: return .failed(KafkaError(message.pointee.err, String(cString: rd_kafka_message_errstr(message))))
    }
  }

  /// The first item's record, which is the first no more.
  func takeFirst() -> StoredRecord? {
    defer { dropFirst() }
    return record
  }

  func dropFirst() {
    next = nil
    record = nil
  }
}

extension StoredRecord {
  /// Copies the message, which stays librdkafka's. It is only ever handed on by its address: librdkafka keeps more of it
  /// beyond what it shows.
  fileprivate init(_ message: UnsafePointer<rd_kafka_message_t>, of partition: TopicPartition) {
    let bytes = { (start: UnsafeRawPointer?, count: Int) in
      start.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: count)) }
    }
    var record = Record(
      key: bytes(message.pointee.key, message.pointee.key_len),
      value: bytes(message.pointee.payload, message.pointee.len))
    var headers: OpaquePointer?
    if rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR, let headers {
      record.headers = [Header](headers)
    }
    let time = rd_kafka_message_timestamp(message, nil)
    self.init(
      partition: partition, offset: message.pointee.offset, timestamp: Instant(milliseconds: max(0, time)),
      record: record)
  }
}

extension [Header] {
  fileprivate init(_ headers: OpaquePointer) {
    self.init()
    reserveCapacity(rd_kafka_header_cnt(headers))
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while rd_kafka_header_get_all(headers, count, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR, let name {
      append(
        Header(String(cString: name), value.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: size)) }))
    }
  }
}
