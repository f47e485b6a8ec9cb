import CLibrdkafka
import EventLog

/// The consumer of one member of a group, from subscribing to leaving. Whoever owns it serves its callbacks.
final class GroupConsumer {
  let client: Client
  private let bell: Bell
  private var queue: OpaquePointer?

  var handle: OpaquePointer { client.handle }

  /// - Parameter topics: bear the prefix.
  init(
    _ configuration: ClientConfiguration, callbacks: Callbacks, topics: PartitionList, bell: Bell
  ) throws(LogError) {
    self.bell = bell
    client = try Client(configuration, callbacks: callbacks)
    rd_kafka_poll_set_consumer(client.handle)
    queue = rd_kafka_queue_get_consumer(client.handle)
    if let queue { bell.listen(to: queue) }
    let code = rd_kafka_subscribe(client.handle, topics.pointer)
    if code != RD_KAFKA_RESP_ERR_NO_ERROR {
      throw LogError(.other, "can't subscribe: \(KafkaError(code).text) (\(code.name))", recovery: .restart)
    }
  }

  deinit { close() }

  /// Lets callbacks run for a moment.
  /// - Returns: what librdkafka has to say of the group, if anything.
  func serve(for time: Duration = .zero) -> KafkaError? {
    guard let message = rd_kafka_consumer_poll(handle, time.wholeMilliseconds) else { return nil }
    defer { rd_kafka_message_destroy(message) }
    return KafkaError(message.pointee.err)
  }

  /// Gives the partitions back at once, which a static member that merely closes doesn't: its place is kept until the
  /// session times out.
  /// - Parameter isDone: whether all partitions were seen to go.
  func unsubscribe(before deadline: Deadline, _ isDone: () -> Bool) {
    if KafkaError(fatalIn: handle) != nil { return }
    rd_kafka_unsubscribe(handle)
    // At least once: an assignment that nobody has heard of yet must be heard before it can be given back.
    repeat { _ = serve(for: .milliseconds(20)) } while !isDone() && !deadline.isOver
  }

  /// All queues of partitions must have gone. Without this a client that is destroyed waits for ever for its callback.
  func close() {
    guard let queue else { return }
    self.queue = nil
    Bell.silence(queue)
    rd_kafka_queue_destroy(queue)
    let handle = handle
    // A rebalance that is already waiting is answered now: one that is answered while the group's part of the client ends
    // can be lost with its answer, and librdkafka 2.0 then waits for that for ever.
    client.callbacks.onRebalance = Self.answer(handle)
    if KafkaError(fatalIn: handle) == nil {
      for _ in 0..<3 { _ = serve(for: .milliseconds(1)) }
    }
    client.callbacks.onRebalance = { code, list in
      // What was still in its queue when it had closed gets no answer any more.
      if rd_kafka_consumer_closed(handle) == 0 { Self.answer(handle)(code, list) }
    }
    rd_kafka_consumer_close(handle)
  }

  /// Takes what is given and gives what is taken, and nothing more.
  private static func answer(
    _ handle: OpaquePointer
  ) -> (rd_kafka_resp_err_t, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> Void {
    { code, list in
      let isGain = code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS
      rd_kafka_assign(handle, isGain ? list : nil)
    }
  }
}
