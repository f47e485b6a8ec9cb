import CLibrdkafka
import EventLog
@testable import KafkaLog
import Testing

/// librdkafka's own cluster of mock brokers, within this process. It tells the truth about the wire, groups and errors;
/// not about transactions, of which it shows everything and fences nobody.
final class MockCluster {
  private let client: OpaquePointer
  private let cluster: OpaquePointer
  let brokers: String

  init() throws {
    let conf = rd_kafka_conf_new()
    rd_kafka_conf_set(conf, "log_level", "0", nil, 0)
    client = try #require(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0))
    cluster = try #require(rd_kafka_mock_cluster_new(client, 1))
    brokers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
  }

  deinit {
    rd_kafka_mock_cluster_destroy(cluster)
    rd_kafka_destroy(client)
  }

  /// The mock takes no admin requests.
  func create(_ topics: String..., partitions: Int32 = 4) {
    for topic in topics { rd_kafka_mock_topic_create(cluster, "test-" + topic, partitions, 1) }
  }

  func log(patience: Duration = .seconds(10), _ properties: [String: String] = [:]) throws -> KafkaLog {
    let tuning = ["fetch.wait.max.ms": "50", "socket.timeout.ms": "3000"].merging(properties) { $1 }
    var settings = KafkaSettings(brokers: brokers, prefix: "test-", properties: tuning, logger: .quiet)
    settings.patience = patience
    settings.takesAdministration = false
    return try KafkaLog(settings)
  }

  /// The next requests of a kind are answered so.
  func answer(_ request: Request, with errors: [rd_kafka_resp_err_t]) {
    rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
  }

  func forgetAnswers(to request: Request) {
    rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
  }

  func goDown() { rd_kafka_mock_broker_set_down(cluster, 1) }
  func comeUp() { rd_kafka_mock_broker_set_up(cluster, 1) }

  enum Request: Int16, Sendable {
    case produce = 0
    case fetch = 1
    case listOffsets = 2
    case metadata = 3
    case offsetFetch = 9
    case findCoordinator = 10
    case joinGroup = 11
    case heartbeat = 12
    case syncGroup = 14
    case initProducerID = 22
    case addPartitionsToTransaction = 24
    case addOffsetsToTransaction = 25
    case endTransaction = 26
    case commitOffsetsInTransaction = 28
  }
}

extension EventLog {
  func publish(_ outputs: [Output]) throws -> [(partition: TopicPartition, offset: Offset)] {
    let publisher = try openPublisher(as: "test")
    defer { publisher.close() }
    return try publisher.publish(outputs)
  }

  func member(_ id: String, of topics: [String] = ["in"]) throws(LogError) -> any LogMember {
    try join(Membership(group: "group", topics: topics, member: id, sessionTimeout: .seconds(6)))
  }
}

extension LogMember {
  /// Polls until the condition holds for all that was polled.
  @discardableResult
  func poll(
    paused: Set<TopicPartition> = [], until what: String, letting others: [any LogMember] = [],
    _ condition: (Seen) -> Bool
  ) throws -> Seen {
    var seen = Seen()
    let end = ContinuousClock.now + .seconds(60)
    while !condition(seen) {
      if ContinuousClock.now > end { throw GaveUp(waitingFor: what) }
      let polled = try poll(for: .milliseconds(100), limit: .test, paused: paused)
      seen.held.subtract(polled.lost)
      // Whoever gains them anew reads again what wasn't committed.
      seen.records.removeAll { polled.lost.contains($0.partition) }
      seen.held.formUnion(polled.positions.keys)
      seen.records += polled.records
      seen.last = polled
      for other in others { _ = try other.poll(for: .milliseconds(10), limit: .test, paused: []) }
    }
    return seen
  }
}

/// What a few polls brought.
struct Seen {
  var held: Set<TopicPartition> = []
  var records: [StoredRecord] = []
  var last = Polled(metadata: GroupMetadata(generation: -1))

  /// Copies all records to `out`.
  var outcome: Outcome {
    var outcome = Outcome(outputs: [], positions: [:], metadata: last.metadata)
    for record in records {
      outcome.outputs.append(Output(to: "out", record.record))
      outcome.positions[record.partition] = record.offset + 1
    }
    return outcome
  }
}

struct GaveUp: Error {
  let waitingFor: String
}

extension BatchLimit {
  static let test = BatchLimit(records: 100, bytes: 1 << 20)
}

extension Output {
  static func test(_ topic: String, _ key: String?, _ value: String?, partition: Int? = nil) -> Output {
    Output(
      to: topic, partition: partition,
      Record(key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) }))
  }
}
