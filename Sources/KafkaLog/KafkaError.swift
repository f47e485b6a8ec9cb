import CLibrdkafka
import EventLog

/// What librdkafka said went wrong, in its own classes.
struct KafkaError: Error {
  let code: rd_kafka_resp_err_t
  let text: String
  /// The same call may be repeated.
  var isRetriable = false
  /// The transaction must be aborted, after which the producer is of use again.
  var requiresAbort = false
  /// The client is of no more use.
  var isFatal = false

  init(_ code: rd_kafka_resp_err_t, _ text: String? = nil) {
    self.code = code
    self.text = text ?? String(cString: rd_kafka_err2str(code))
    isRetriable = code.isTransient
    isFatal = code == RD_KAFKA_RESP_ERR__FATAL
  }

  /// `nil` is success.
  init?(unlessDone code: rd_kafka_resp_err_t) {
    if code == RD_KAFKA_RESP_ERR_NO_ERROR { return nil }
    self.init(code)
  }

  /// Reads the error and frees it; `nil` is success.
  init?(consuming error: OpaquePointer?) {
    guard let error else { return nil }
    code = rd_kafka_error_code(error)
    text = String(cString: rd_kafka_error_string(error))
    isRetriable = rd_kafka_error_is_retriable(error) != 0
    requiresAbort = rd_kafka_error_txn_requires_abort(error) != 0
    isFatal = rd_kafka_error_is_fatal(error) != 0
    rd_kafka_error_destroy(error)
  }

  /// What made the client fail for good, if anything did.
  init?(fatalIn client: OpaquePointer) {
    var text = [CChar](repeating: 0, count: 512)
    let code = rd_kafka_fatal_error(client, &text, text.count)
    if code == RD_KAFKA_RESP_ERR_NO_ERROR { return nil }
    self.init(code, String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    isFatal = true
  }
}

extension rd_kafka_resp_err_t {
  var name: String { String(cString: rd_kafka_err2name(self)) }

  /// Passes by itself: a broker is away or starts, a leader or a coordinator moves, a transaction is being ended.
  var isTransient: Bool {
    switch self {
    case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__TIMED_OUT,
      RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__RESOLVE,
      RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR__WAIT_CACHE, RD_KAFKA_RESP_ERR__RETRY,
      RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
      RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
      RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE,
      RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
      RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
      RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
      RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR,
      RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT,
      RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH, RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH,
      RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_PREFERRED_LEADER_NOT_AVAILABLE,
      RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED:
      true
    default: false
    }
  }

  /// The group has moved on without this member: what it would commit is void.
  var isOfGroup: Bool {
    switch self {
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS,
      RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID,
      RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
      true
    default: false
    }
  }

  /// Another client has taken the transactional id, or its last transaction has timed out.
  var isFencing: Bool {
    switch self {
    case RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH: true
    default: false
    }
  }
}

extension LogError {
  /// - Parameter activity: completes the sentence "kafka://… can't …".
  init(_ error: KafkaError, at address: String, while activity: String) {
    let (code, recovery) = Self.meaning(of: error.code)
    self.init(
      code, "\(address) can't \(activity): \(error.text) (\(error.code.name))",
      recovery: error.isFatal ? .restart : recovery)
  }

  private static func meaning(of code: rd_kafka_resp_err_t) -> (Code, Recovery) {
    if code.isTransient { return (.unreachable, .retry) }
    if code.isOfGroup { return (.other, .abort) }
    if code.isFencing { return (.fenced, .stop) }
    switch code {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
      RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return (.unknownTopic, .retry)
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
      return (.recordTooLarge, .stop)
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      return (.offsetOutOfRange, .stop)
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
      RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
      RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR__SSL,
      RD_KAFKA_RESP_ERR_POLICY_VIOLATION, RD_KAFKA_RESP_ERR_INVALID_CONFIG, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
      RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR,
      RD_KAFKA_RESP_ERR_INVALID_RECORD, RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT,
      RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT, RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL,
      RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION, RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
      return (.other, .stop)
    case RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
      return (.corrupt, .restart)
    default:
      return (.other, .restart)
    }
  }

  static func unknownTopic(_ name: String, at address: String) -> LogError {
    LogError(
      .unknownTopic, "topic \(name) doesn't exist at \(address): waiting for it to be created", recovery: .retry)
  }
}
