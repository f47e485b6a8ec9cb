import EventLog
import Logging
import Metrics
import Time

/// What a worker's processor has heard from its broadcast topics, and how it goes on listening.
///
/// Belongs to the worker's thread.
struct Hearing<P: Processor> {
  /// The processor as its worker was given it, with all that is in force told to it.
  private(set) var processor: P
  private let given: P
  private var inForce: [String: Broadcast] = [:]
  private var readings: [String: BroadcastReading] = [:]
  /// What it couldn't go by, by topic: said once.
  private var refused: [String: String] = [:]
  private var lookedAt: Instant = .distantPast
  /// By topic.
  private let rejected: [String: Counter]
  private let logger: Logger

  /// How long news may go unheard.
  static var interval: Duration { .milliseconds(250) }

  init(_ given: P, logger: Logger) {
    self.given = given
    self.logger = logger
    processor = given
    rejected = Dictionary(
      given.broadcasts.map { topic in
        (topic, Counter(label: "huiyin_broadcast_rejected", dimensions: [("worker", given.name), ("topic", topic)]))
      },
      uniquingKeysWith: { first, _ in first })
  }

  var isListening: Bool { !given.broadcasts.isEmpty }

  /// Reads all topics whole. Blocks its thread.
  mutating func begin(_ log: any EventLog, _ reader: any LogReader, at now: Instant) throws(LogError) {
    readings = [:]
    for topic in given.broadcasts {
      var reading = try BroadcastReading(topic, of: log, reader)
      if let broadcast = try reading.catchUp() { hear(broadcast) }
      readings[topic] = reading
    }
    lookedAt = now
  }

  /// Looks for news, if it hasn't for a while. Doesn't wait for any; trouble with a topic leaves what was heard in force,
  /// and the topic is read anew at the next look.
  /// - Returns: whether the processor has changed.
  mutating func look(_ log: any EventLog, _ reader: any LogReader, at now: Instant) -> Bool {
    guard isListening, now - lookedAt >= Self.interval || now < lookedAt else { return false }
    lookedAt = now
    var hasChanged = false
    for topic in given.broadcasts {
      do throws(LogError) {
        var reading: BroadcastReading
        if let begun = readings[topic] {
          reading = begun
        } else {
          reading = try BroadcastReading(topic, of: log, reader)
        }
        readings[topic] = nil
        if let broadcast = try reading.next(for: .zero), hear(broadcast) { hasChanged = true }
        readings[topic] = reading
      } catch {
        logger.debug("a broadcast can't be read now", metadata: ["topic": "\(topic)", "reason": "\(error.reason)"])
      }
    }
    return hasChanged
  }

  /// - Returns: whether the processor goes by it and went by another before.
  @discardableResult
  private mutating func hear(_ broadcast: Broadcast) -> Bool {
    let topic = broadcast.topic
    guard inForce[topic]?.digest != broadcast.digest, refused[topic] != broadcast.digest else { return false }
    var all = inForce
    all[topic] = broadcast
    do throws(Rejection) {
      // Told to the processor that was given, so that nothing of what held before is left.
      var informed = given
      for other in given.broadcasts { if let told = all[other] { informed = try informed.hearing(told) } }
      processor = informed
      inForce = all
      refused[topic] = nil
      logger.info("goes by a broadcast", metadata: ["topic": "\(topic)", "digest": "\(broadcast.digest)"])
      return true
    } catch {
      refused[topic] = broadcast.digest
      rejected[topic]?.increment()
      logger.error(
        "can't go by a broadcast, the one before stays in force",
        metadata: ["topic": "\(topic)", "digest": "\(broadcast.digest)", "reason": "\(error.reason)"])
      return false
    }
  }
}
