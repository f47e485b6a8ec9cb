package import CLibrdkafka

/// One of librdkafka's clients, as somebody else's program may use it.
package final class RawClient {
  package let handle: OpaquePointer

  /// `nil` if librdkafka doesn't take the properties.
  package init?(_ type: rd_kafka_type_t, _ properties: [String: String]) {
    let conf = rd_kafka_conf_new()
    for (name, value) in properties where rd_kafka_conf_set(conf, name, value, nil, 0) != RD_KAFKA_CONF_OK {
      rd_kafka_conf_destroy(conf)
      return nil
    }
    guard let handle = rd_kafka_new(type, conf, nil, 0) else {
      rd_kafka_conf_destroy(conf)
      return nil
    }
    self.handle = handle
  }

  deinit { rd_kafka_destroy(handle) }

  /// Sends an admin request and waits for its answer.
  /// - Returns: whether one came that is no error.
  @discardableResult
  package func await(_ request: (OpaquePointer?) -> Void) -> Bool {
    let queue = rd_kafka_queue_new(handle)
    defer { rd_kafka_queue_destroy(queue) }
    request(queue)
    guard let event = rd_kafka_queue_poll(queue, 20_000) else { return false }
    defer { rd_kafka_event_destroy(event) }
    return rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR
  }

  /// - Parameter partition: -1 leaves it to librdkafka's partitioner.
  /// - Returns: whether librdkafka took it.
  @discardableResult
  package func produce(to topic: String, partition: Int32 = -1, key: [UInt8], value: [UInt8]) -> Bool {
    let handle = rd_kafka_topic_new(handle, topic, nil)
    defer { rd_kafka_topic_destroy(handle) }
    let code = clibrdkafka_produce(
      self.handle, handle, partition, key, key.count, value, value.count, nil, nil)
    return code == RD_KAFKA_RESP_ERR_NO_ERROR
  }

  package func flush() -> Bool { rd_kafka_flush(handle, 20_000) == RD_KAFKA_RESP_ERR_NO_ERROR }
}
