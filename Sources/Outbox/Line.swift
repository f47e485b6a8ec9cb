import EventLog
import Logging
import Time

/// The way from the spool to the log. It belongs to the forwarding thread.
///
/// Of what the log has, the spool lets go before anything else is published: so after a crash, or a publication whose
/// answer was lost, only the records of one batch are in doubt, and ``Doubt`` finds out which of them the log has. Where
/// the spool is older than the log, as in a backup, so may be further ones: the doubt ends at the first that the log
/// doesn't have.
final class Line {
  enum Step {
    case nothing, forwarded, failed
  }

  static let batch = BatchLimit(records: 1000, bytes: 4 << 20)

  private let name: String
  private let log: any EventLog
  private let spool: Spool
  private let committer: Committer
  private let isCopy: Bool
  private let clock: @Sendable () -> Instant
  private let metrics: OutboxMetrics
  private let logger: Logger

  private var publisher: (any LogPublisher)?
  private var isInDoubt = true
  /// The log has all up to here, the spool may not know it yet.
  private var published: Int64 = 0
  private var places: [TopicPartition: Offset]?
  private var hasTrouble = false
  private var hasSaidFenced = false

  init(
    _ name: String, to log: any EventLog, from spool: Spool, _ committer: Committer, isCopy: Bool,
    clock: @escaping @Sendable () -> Instant, metrics: OutboxMetrics, logger: Logger
  ) {
    self.name = name
    self.log = log
    self.spool = spool
    self.committer = committer
    self.isCopy = isCopy
    self.clock = clock
    self.metrics = metrics
    self.logger = logger
  }

  func close() {
    publisher?.close()
    publisher = nil
  }

  /// Takes the next batch to the log.
  func forwardNext() -> Step {
    do {
      let batch = try spool.entries(after: published, limit: Self.batch)
      if batch.isEmpty { return .nothing }
      try forward(batch)
      if hasTrouble { logger.info("the log takes records again", metadata: ["log": "\(log.address)"]) }
      hasTrouble = false
      return .forwarded
    } catch let error as LogError {
      recover(from: error)
    } catch {
      logger.error("the spool cannot be used", metadata: ["reason": "\(error)"])
    }
    metrics.observe(committer.contents, at: clock())
    return .failed
  }

  private func forward(_ batch: [Spool.Entry]) throws {
    let open = try publisher ?? log.openPublisher(as: name)
    publisher = open
    let places = try knownPlaces(of: batch)
    if isInDoubt {
      // That the publisher could be opened has ended what an earlier one left open, one way or the other.
      let known = try Doubt(batch, places: places).countKnown(to: log)
      isInDoubt = known == batch.count
      if known > 0 {
        try remove(batch.prefix(known), [])
        return
      }
    }
    do {
      try publish(batch[...], over: open)
    } catch let error as LogError where error.code == .recordTooLarge {
      try forwardSingly(batch, over: open)
    }
  }

  private func publish(_ entries: ArraySlice<Spool.Entry>, over publisher: any LogPublisher) throws {
    let outputs = entries.flatMap(\.outputs)
    let written = try publisher.publish(outputs)
    try remove(entries, written)
    metrics.published(outputs.count)
  }

  /// One that the log won't take must not keep the others from it.
  private func forwardSingly(_ batch: [Spool.Entry], over publisher: any LogPublisher) throws {
    for index in batch.indices {
      do {
        try publish(batch[index...index], over: publisher)
      } catch let error as LogError where error.code == .recordTooLarge {
        logger.error(
          "the log does not take a record that was accepted; it stays in the spool and is tried again at the next start",
          metadata: ["log": "\(log.address)", "reason": "\(error)"])
        var change = Spool.Change()
        change.refused = batch[index].sequence
        try committer.perform(change)
        metrics.wasRefused()
      }
    }
  }

  private func remove(
    _ entries: ArraySlice<Spool.Entry>, _ written: [(partition: TopicPartition, offset: Offset)]
  ) throws(SpoolFailure) {
    guard let last = entries.last else { return }
    published = last.sequence
    var change = Spool.Change()
    change.removedThrough = last.sequence
    for (partition, offset) in written where offset >= places?[partition] ?? 0 {
      places?[partition] = offset + 1
      change.places[partition] = offset + 1
    }
    let removed = Spool.Contents(entries: entries.count, bytes: entries.reduce(0) { $0 + $1.size })
    try committer.perform(change, removing: removed)
  }

  /// Where what we publish may begin, for all partitions of the batch's topics; asked of the log, and written down,
  /// before the first publication to a topic.
  private func knownPlaces(of batch: [Spool.Entry]) throws -> [TopicPartition: Offset] {
    var known = if let places { places } else { try spool.places() }
    let topics = Set(batch.flatMap(\.outputs).map(\.topic)).subtracting(known.keys.map(\.topic))
    if !topics.isEmpty {
      var change = Spool.Change()
      let reader = try log.openReader()
      defer { reader.close() }
      for topic in try log.topics() where topics.contains(topic.name) {
        for number in 0..<topic.partitions {
          let partition = TopicPartition(topic.name, number)
          let bounds = try reader.bounds(of: partition)
          change.places[partition] = isCopy ? bounds.lowerBound : bounds.upperBound
        }
      }
      try committer.perform(change)
      known.merge(change.places) { $1 }
    }
    places = known
    return known
  }

  private func recover(from error: LogError) {
    let metadata: Logger.Metadata = [
      "log": "\(log.address)", "reason": "\(error)", "recovery": "\(error.recovery.rawValue)",
    ]
    if error.code == .fenced {
      if !hasSaidFenced { logger.error("another publisher has this gateway's name", metadata: metadata) }
      hasSaidFenced = true
    } else if !hasTrouble {
      logger.warning("the log takes no records; they wait in the spool", metadata: metadata)
    } else {
      logger.debug("the log still takes no records", metadata: metadata)
    }
    hasTrouble = true
    switch error.recovery {
    case .retry, .abort: break
    case .restart, .stop:
      isInDoubt = true
      close()
    }
  }
}
