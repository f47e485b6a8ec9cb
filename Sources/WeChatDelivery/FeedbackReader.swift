import Cases
package import EventLog
package import Logging
package import Metrics
import Streams
import Synchronization
package import Time

/// Reads `feedback` as one of a group, so that several gateways share the work, and puts what goes over WeChat to citizens
/// of our accounts into the store; what goes elsewhere is left to others.
///
/// A record counts as read once it is in the store: the store is on the disk before the group's offsets are. A gateway that
/// is killed in between finds the record there when it reads it again. Only if meanwhile another gateway has got the
/// partition, both have it, and the citizen may be told twice.
package final class FeedbackReader: Sendable {
  /// The consumer group, and in dead letters the stage.
  package static let group = "wechat"

  private enum Trouble: Error {
    case log(LogError)
    case store(DeliveryStore.Failure)

    var reason: String {
      switch self {
      case .log(let error): error.reason
      case .store(let failure): failure.description
      }
    }
  }

  private static let limit = BatchLimit(records: 500, bytes: 8 << 20)

  private let log: any EventLog
  private let store: DeliveryStore
  private let accounts: Set<String>
  private let membership: Membership
  private let clock: @Sendable () -> Instant
  private let backOff: BackOff
  private let logger: Logger
  private let metrics: CarrierMetrics
  private let deadLetters: Counter
  private let trouble = Mutex<String?>(nil)

  /// - Parameters:
  ///   - accounts: by name, those that this gateway can send with.
  ///   - member: stable over restarts, and unique in the group.
  ///   - pause: blocks its thread for that long; called in steps of at most 100 milliseconds.
  package init(
    log: any EventLog, store: DeliveryStore, accounts: Set<String>, member: String, sessionTimeout: Duration,
    clock: @escaping @Sendable () -> Instant, pause: @escaping @Sendable (Duration) -> Void, logger: Logger,
    metrics factory: any MetricsFactory = MetricsSystem.factory
  ) {
    self.log = log
    self.store = store
    self.accounts = accounts
    membership = Membership(
      group: Self.group, topics: [Topics.feedback], member: member, sessionTimeout: sessionTimeout)
    self.clock = clock
    backOff = BackOff(pause: pause)
    self.logger = logger
    metrics = CarrierMetrics(factory)
    deadLetters = Counter(label: "huiyin_dead_letters", dimensions: [("worker", Self.group)], factory: factory)
  }

  /// Blocks its thread, which must be one of its own, until `stop` gives true (asked at least each half second while the
  /// log answers). Whatever goes wrong with the log or the disk is waited out, with growing pauses.
  package func run(until stop: () -> Bool) {
    backOff.repeating(until: stop) { getsOn throws(Trouble) in
      try follow(until: stop, onProgress: getsOn)
    } onFailure: { error in
      report(error)
    }
  }

  private func follow(until stop: () -> Bool, onProgress: () -> Void) throws(Trouble) {
    let identity = try onLog { () throws(LogError) in try log.identity() }
    let reader = try onLog { () throws(LogError) in try log.openReader() }
    defer { reader.close() }
    var positions = try begin(reader, identity)
    // Before joining, since whoever reads for long is taken for dead.
    guard try readAddresses(reader, &positions, until: stop) else { return }
    let member = try onLog { () throws(LogError) in try log.join(membership) }
    defer { member.leave() }
    var committed: [TopicPartition: Offset] = [:]
    while !stop() {
      let polled = try onLog { () throws(LogError) in
        try member.poll(for: .milliseconds(500), limit: Self.limit, paused: [])
      }
      for partition in polled.lost { committed[partition] = nil }
      committed.merge(polled.gained) { $1 }
      let (deliveries, letters) = read(polled)
      if deliveries.isEmpty {
        try readOn(reader, &positions, for: .zero)
      } else {
        // A citizen is in the log before anything that they are told: so from here on their address is known.
        guard try readAddresses(reader, &positions, until: stop) else { return }
      }
      let moved = polled.positions.filter { committed[$0.key] != $0.value }
      if !moved.isEmpty {
        let outcome = Outcome(outputs: letters, positions: moved, metadata: polled.metadata)
        if try take(deliveries, outcome, member) { committed.merge(moved) { $1 } }
      }
      trouble.withLock { $0 = nil }
      onProgress()
    }
  }

  private func read(_ polled: Polled) -> (deliveries: [Delivery], letters: [Output]) {
    var deliveries: [Delivery] = []
    var letters: [Output] = []
    for record in polled.records where !record.record.isControl {
      do throws(Rejection) {
        if let delivery = try Delivery.read(record) { deliveries.append(delivery) }
      } catch {
        let retries = DeadLetter.replays(of: record.record)
        let letter = DeadLetter(
          record, stage: Self.group, reason: error.reason, failedAt: clock(), retries: retries, parked: false,
          status: retries < DeadLetter.maximumRetries ? .open : .quarantined)
        letters.append(letter.output)
        logger.warning("a record of feedback can't be read", metadata: ["reason": "\(error.reason)"])
      }
    }
    return (deliveries, letters)
  }

  /// - Returns: whether the group's offsets were stored. If not, the same records come again, here or elsewhere; here they
  ///   are known.
  private func take(_ deliveries: [Delivery], _ outcome: Outcome, _ member: any LogMember) throws(Trouble) -> Bool {
    let taken = try onStore { () throws(DeliveryStore.Failure) in
      try store.take(deliveries, accounts: accounts, at: clock())
    }
    guard case .committed = try onLog({ () throws(LogError) in try member.commit(outcome) }) else { return false }
    metrics.count(.expired, taken.expired)
    deadLetters.increment(by: outcome.outputs.count)
    return true
  }

  // MARK: Addresses

  /// A position outside the log means that the log isn't what it was: then `citizens` is read from its start.
  private func begin(_ reader: any LogReader, _ identity: String) throws(Trouble) -> [TopicPartition: Offset] {
    let known = try onStore { () throws(DeliveryStore.Failure) in try store.prepare(for: identity) }
    let topics = try onLog { () throws(LogError) in try log.topics() }
    guard let citizens = topics.first(where: { $0.name == Topics.citizens }) else {
      throw .log(LogError(.unknownTopic, "the topic \(Topics.citizens) does not exist yet", recovery: .retry))
    }
    var positions: [TopicPartition: Offset] = [:]
    for number in 0..<citizens.partitions {
      let partition = TopicPartition(Topics.citizens, number)
      let bounds = try onLog { () throws(LogError) in try reader.bounds(of: partition) }
      let position = known[partition] ?? bounds.lowerBound
      positions[partition] = (bounds.lowerBound...bounds.upperBound).contains(position) ? position : bounds.lowerBound
    }
    return positions
  }

  /// Up to where `citizens` ends now.
  /// - Returns: whether it got there before it was stopped.
  private func readAddresses(
    _ reader: any LogReader, _ positions: inout [TopicPartition: Offset], until stop: () -> Bool
  ) throws(Trouble) -> Bool {
    var left: [TopicPartition: Offset] = [:]
    for (partition, position) in positions {
      let end = try onLog { () throws(LogError) in try reader.bounds(of: partition).upperBound }
      if position < end { left[partition] = end }
    }
    while !left.isEmpty {
      if stop() { return false }
      try readOn(reader, &positions, for: .milliseconds(500))
      left = left.filter { positions[$0.key] ?? 0 < $0.value }
    }
    return true
  }

  private func readOn(
    _ reader: any LogReader, _ positions: inout [TopicPartition: Offset], for wait: Duration
  ) throws(Trouble) {
    let known = positions
    let chunk = try onLog { () throws(LogError) in try reader.read(from: known, for: wait, limit: Self.limit) }
    if chunk.records.isEmpty, chunk.positions == known { return }
    let unreadable = try onStore { () throws(DeliveryStore.Failure) in try store.note(chunk) }
    if unreadable > 0 {
      logger.error("records of citizens can't be read", metadata: ["count": "\(unreadable)"])
    }
    positions.merge(chunk.positions) { $1 }
  }

  // MARK: Trouble

  private func report(_ error: Trouble) {
    let isNews = trouble.withLock { trouble in
      defer { trouble = error.reason }
      return trouble != error.reason
    }
    guard isNews else { return }
    let metadata: Logger.Metadata = ["log": "\(log.address)", "reason": "\(error.reason)"]
    if case .log(let error) = error, error.code == .unknownTopic {
      logger.notice("waiting for a topic", metadata: metadata)
    } else {
      logger.error("cannot read what is to be carried over WeChat: trying again", metadata: metadata)
    }
  }

  private func onLog<Value>(_ body: () throws(LogError) -> Value) throws(Trouble) -> Value {
    do throws(LogError) { return try body() } catch { throw .log(error) }
  }

  private func onStore<Value>(_ body: () throws(DeliveryStore.Failure) -> Value) throws(Trouble) -> Value {
    do throws(DeliveryStore.Failure) { return try body() } catch { throw .store(error) }
  }
}
