import CLibrdkafka
import EventLog
import Logging
import Synchronization

/// One of librdkafka's clients. Owns the handle, and whatever the handle's callbacks need: the handle goes first.
final class Client {
  let handle: OpaquePointer
  let callbacks: Callbacks

  /// - Throws: ``LogError`` with recovery `.stop`, naming the property that librdkafka doesn't take.
  init(_ configuration: ClientConfiguration, callbacks: Callbacks) throws(LogError) {
    let conf = try configuration.makeConf(callbacks)
    var reason = [CChar](repeating: 0, count: 512)
    guard let handle = rd_kafka_new(configuration.type, conf, &reason, reason.count) else {
      rd_kafka_conf_destroy(conf)
      let text = String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw LogError(.other, "librdkafka refuses its settings: \(text)", recovery: .stop)
    }
    self.handle = handle
    self.callbacks = callbacks
  }

  /// Makes librdkafka look again whether to fetch. In 2.0 its thread sleeps for up to a second once the queues are full,
  /// and isn't told that they have been emptied; any request to the same brokers wakes it. The answer is of no interest.
  /// - Parameter prefix: of the topics' names at the brokers.
  func wakeFetching(of partitions: [TopicPartition], prefix: String) {
    let list = PartitionList(Dictionary(uniqueKeysWithValues: partitions.map { ($0, -1) }), prefix: prefix)
    _ = rd_kafka_offsets_for_times(handle, list.pointer, 100)
  }

  /// Doesn't leave a group: that is ``KafkaMember/leave()``'s.
  deinit {
    rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
  }
}

/// What a client calls back. All but the log come on the thread that polls the client.
final class Callbacks {
  let logger: Logger
  var onRebalance: ((rd_kafka_resp_err_t, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> Void)?
  var onDelivery: ((UnsafePointer<rd_kafka_message_t>) -> Void)?
  var onStatistics: ((UnsafeRawBufferPointer) -> Void)?
  /// The last reason why a broker could not be reached, from any thread.
  private let failure = Mutex<String?>(nil)

  init(logger: Logger) {
    self.logger = logger
  }

  var lastFailure: String? { failure.withLock { $0 } }

  /// librdkafka repeats itself at every attempt to reach a broker: whoever runs this is told by the caller's own words,
  /// and finds these below.
  func log(level: Int32, facility: String, message: String) {
    if facility == "FAIL" { failure.withLock { $0 = message } }
    logger.log(
      level: level <= 2 ? .error : level <= 6 ? .debug : .trace, "librdkafka",
      metadata: ["facility": "\(facility)", "message": "\(message)"])
  }

  /// Lends the callbacks that a handle's opaque pointer stands for.
  static func of(_ opaque: UnsafeMutableRawPointer?) -> Callbacks? {
    opaque.map { Unmanaged<Callbacks>.fromOpaque($0).takeUnretainedValue() }
  }
}
