import CLibrdkafka
import EventLog
import KafkaLog
import Testing

/// Each class of error that a broker may answer, and what the caller is told to do.
@Suite struct MockErrorTests {
  enum Wanted: Sendable, Equatable {
    case committed, undone
    case error(LogError.Code, LogError.Recovery)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let request: MockCluster.Request
    let error: rd_kafka_resp_err_t
    var times = 1
    let wanted: Wanted

    init(_ request: MockCluster.Request, _ error: rd_kafka_resp_err_t, times: Int = 1, _ wanted: Wanted) {
      (self.request, self.error, self.times, self.wanted) = (request, error, times, wanted)
    }

    var errors: [rd_kafka_resp_err_t] { [rd_kafka_resp_err_t](repeating: error, count: times) }

    var testDescription: String { "\(request) answered with \(String(cString: rd_kafka_err2name(error)))" }
  }

  static let writing: [Case] = [
    Case(.produce, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, times: 2, .committed),
    Case(.produce, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, .committed),
    Case(.produce, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, .error(.recordTooLarge, .stop)),
    Case(.produce, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, .error(.other, .stop)),
    Case(.addPartitionsToTransaction, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, times: 3, .committed),
    Case(.addPartitionsToTransaction, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, times: 3, .committed),
    Case(.addPartitionsToTransaction, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, .error(.fenced, .stop)),
    Case(.addPartitionsToTransaction, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, .error(.other, .stop)),
    Case(.endTransaction, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, times: 2, .committed),
    Case(.endTransaction, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, .error(.fenced, .stop)),
    Case(.endTransaction, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, .error(.fenced, .stop)),
    Case(.endTransaction, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, .error(.other, .restart)),
    Case(
      .endTransaction, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, times: 100_000, .error(.unknownOutcome, .restart)),
  ]

  @Test(arguments: writing)
  func `each error of a transaction has its own consequence`(_ example: Case) throws {
    let mock = try MockCluster()
    mock.create("in")
    let publisher = try mock.log(patience: .seconds(2)).openPublisher(as: "test")
    mock.answer(example.request, with: example.errors)
    let outcome: Wanted
    var reason = ""
    do throws(LogError) {
      _ = try publisher.publish([.test("in", "a", "1")])
      outcome = .committed
    } catch {
      outcome = .error(error.code, error.recovery)
      reason = error.reason
      if error.recovery == .restart || error.code == .fenced {
        mock.forgetAnswers(to: example.request)
        #expect(throws: error, "it is of no more use") { try publisher.publish([.test("in", "a", "1")]) }
      }
    }
    #expect(outcome == example.wanted, "\(reason)")
    publisher.close()
  }

  /// One after the other, of one member: none of them ends it.
  static let storing: [Case] = [
    Case(.addOffsetsToTransaction, RD_KAFKA_RESP_ERR_NOT_COORDINATOR, .committed),
    Case(.addOffsetsToTransaction, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, times: 3, .committed),
    Case(.commitOffsetsInTransaction, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, times: 3, .committed),
    Case(.commitOffsetsInTransaction, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, .undone),
    Case(.commitOffsetsInTransaction, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, .undone),
    Case(.commitOffsetsInTransaction, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, .undone),
    Case(.endTransaction, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, times: 2, .committed),
  ]

  @Test func `what the group refuses is undone and read again, and what passes by itself is repeated`() throws {
    let mock = try MockCluster()
    mock.create("in", "out")
    let log = try mock.log()
    let member = try log.member("one")
    try member.poll(until: "all partitions") { $0.held.count == 4 }
    for example in Self.storing {
      // The mock keeps no offsets of transactions, so each round reads all there is after setting back.
      _ = try log.publish([.test("in", nil, "\(example)")])
      let seen = try member.poll(until: "a record") { !$0.records.isEmpty }
      mock.answer(example.request, with: example.errors)
      let commit = try member.commit(seen.outcome)
      #expect((commit == .undone) == (example.wanted == .undone), "\(example.testDescription)")
      guard commit == .undone else { continue }
      #expect(try member.commit(seen.outcome) == .undone, "without a poll in between")
      let again = try member.poll(until: "the records again") { Set($0.records).isSuperset(of: seen.records) }
      #expect(try member.commit(again.outcome) != .undone)
    }
    member.leave()
  }

  @Test func `a member that a commit finds fenced is told so by the next poll`() throws {
    let mock = try MockCluster()
    mock.create("in", "out")
    let log = try mock.log()
    _ = try log.publish([.test("in", "a", "1")])
    let member = try log.member("one")
    let seen = try member.poll(until: "a record") { !$0.records.isEmpty }
    mock.answer(.commitOffsetsInTransaction, with: [RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID])
    #expect(try member.commit(seen.outcome) == .undone)
    let error = #expect(throws: LogError.self) { try member.poll(for: .zero, limit: .test, paused: []) }
    #expect(error?.code == .fenced && error?.recovery == .stop)
    #expect(error?.reason.contains("member one of group group") == true)
    member.leave()
  }

  @Test func `a group that this client may not use is a reason to stop`() throws {
    let mock = try MockCluster()
    mock.create("in", "out")
    let log = try mock.log()
    _ = try log.publish([.test("in", "a", "1")])
    let member = try log.member("one")
    let seen = try member.poll(until: "a record") { !$0.records.isEmpty }
    mock.answer(.addOffsetsToTransaction, with: [RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED])
    let error = #expect(throws: LogError.self) { try member.commit(seen.outcome) }
    #expect(error?.recovery == .stop)
    member.leave()
  }

  @Test func `a coordinator that still loads is waited for when joining`() throws {
    let mock = try MockCluster()
    mock.create("in")
    let log = try mock.log()
    for request in [MockCluster.Request.initProducerID, .joinGroup, .offsetFetch, .findCoordinator] {
      mock.answer(request, with: [RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS])
    }
    let member = try log.member("one")
    try member.poll(until: "all partitions") { $0.held.count == 4 }
    member.leave()
  }

  @Test func `a leader that moves is waited for`() throws {
    let mock = try MockCluster()
    mock.create("in")
    let log = try mock.log()
    let member = try log.member("one")
    try member.poll(until: "all partitions") { $0.held.count == 4 }
    mock.answer(.listOffsets, with: [RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION])
    mock.answer(.fetch, with: [RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION])
    _ = try log.publish([.test("in", "a", "1")])
    try member.poll(until: "a record") { $0.records.count == 1 }
    member.leave()
  }

  @Test func `a transaction that a killed member left is waited for when joining`() throws {
    let mock = try MockCluster()
    mock.create("in")
    mock.answer(
      .initProducerID, with: [rd_kafka_resp_err_t](repeating: RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, count: 3))
    let member = try mock.log().member("one")
    try member.poll(until: "all partitions") { $0.held.count == 4 }
    member.leave()
  }

  @Test func `brokers that fence a member after its connection had failed are given another try`() throws {
    let mock = try MockCluster()
    mock.create("in")
    let log = try mock.log(patience: .seconds(3))
    let member = try log.member("one")
    try member.poll(until: "all partitions") { $0.held.count == 4 }
    mock.goDown()
    #expect(throws: LogError.self) { try member.poll(for: .zero, limit: .test, paused: []) }
    mock.answer(.heartbeat, with: [RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID])
    mock.comeUp()
    let end = ContinuousClock.now + .seconds(60)
    var fence: LogError?
    while fence == nil {
      if ContinuousClock.now > end { throw GaveUp(waitingFor: "the fence") }
      do throws(LogError) {
        _ = try member.poll(for: .milliseconds(100), limit: .test, paused: [])
      } catch {
        if error.recovery != .retry { fence = error }
      }
    }
    #expect(fence?.code == .fenced && fence?.recovery == .restart, "\(fence?.reason ?? "")")
    member.leave()
    let again = try log.member("one")
    try again.poll(until: "all partitions again") { $0.held.count == 4 }
    again.leave()
  }

  @Test func `a member whose id another has taken is told so by the poll`() throws {
    let mock = try MockCluster()
    mock.create("in")
    let member = try mock.log().member("one")
    try member.poll(until: "all partitions") { $0.held.count == 4 }
    mock.answer(.heartbeat, with: [RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID])
    let error = #expect(throws: LogError.self) { try member.poll(until: "the error") { _ in false } }
    #expect(error?.code == .fenced && error?.recovery == .stop)
    #expect(throws: LogError.self, "and again") { try member.commit(Seen().outcome) }
    member.leave()
  }
}
