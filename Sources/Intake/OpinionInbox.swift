package import Cases
package import EventLog
package import Logging
import Offloading
import Streams
import Synchronization
package import Time

/// Puts opinions on the log, each once, however often it is sent under one ``IdempotencyKey``.
///
/// All that blocks (the store of keys, the log) happens on one thread of its own, so what two requests do with one key
/// happens one after the other.
package final class OpinionInbox: Sendable {
  package struct Receipt: Hashable, Sendable {
    package let id: CaseID
    /// The log had it already.
    package let repeated: Bool
  }

  package enum Outcome: Hashable, Sendable {
    /// Durable in the log.
    case taken(Receipt)
    /// The key stands for another body.
    case conflicting
    /// The log will never take it.
    case tooLarge
    /// The log, or the store of keys, could not be used within the time. It may have the opinion all the same.
    case unavailable
  }

  private enum Attempt {
    case ended(Outcome)
    /// The same may succeed later.
    case later
  }

  /// What is to be put on the log.
  package struct Delivery: Sendable {
    package let data: [UInt8]
    package let key: IdempotencyKey?
    /// SHA-256 of the body as it was sent.
    package let bodyDigest: [UInt8]
    package let trace: TraceContext?

    package init(data: [UInt8], key: IdempotencyKey? = nil, bodyDigest: [UInt8] = [], trace: TraceContext? = nil) {
      self.data = data
      self.key = key
      self.bodyDigest = bodyDigest
      self.trace = trace
    }
  }

  /// How long an opinion may wait for the log.
  package static let patience = Duration.seconds(2)

  private let log: any EventLog
  private let name: String
  private let source: String
  private let keys: IdempotencyStore
  private let clock: @Sendable () -> Instant
  private let makeID: @Sendable () -> String
  private let wait: @Sendable (Duration) async -> Void
  private let logger: Logger
  private let offload = Offload(name: "intake-log", threads: 1)
  /// Opened and used on the offload's one thread; `nil` before the first opinion and after trouble.
  private let publisher = Mutex<(any LogPublisher)?>(nil)

  /// - Parameters:
  ///   - name: of the publisher: stable over restarts, unlike that of any other gateway on this log.
  ///   - makeID: gives a new `ce_id` at each call, for opinions that come without a key.
  ///   - wait: sleeps without blocking a thread.
  package init(
    log: any EventLog, name: String, source: String = Sources.intake, keys: IdempotencyStore,
    clock: @escaping @Sendable () -> Instant, makeID: @escaping @Sendable () -> String,
    wait: @escaping @Sendable (Duration) async -> Void, logger: Logger
  ) {
    self.log = log
    self.name = name
    self.source = source
    self.keys = keys
    self.clock = clock
    self.makeID = makeID
    self.wait = wait
    self.logger = logger
  }

  deinit {
    publisher.withLock { $0?.close() }
  }

  /// Returns once the log has the opinion, or after ``patience``.
  package func take(_ delivery: Delivery) async -> Outcome {
    let arrived = clock()
    let newID = delivery.key == nil ? makeID() : ""
    var pause = Duration.milliseconds(100)
    while true {
      // The only error is that too much waits already.
      let attempt = try? await offload.run { self.attempt(delivery, newID: newID, arrived: arrived) }
      if case .ended(let outcome) = attempt { return outcome }
      guard clock() + pause < arrived + Self.patience else { return .unavailable }
      await wait(pause)
      pause *= 2
    }
  }

  private func attempt(_ delivery: Delivery, newID: String, arrived: Instant) -> Attempt {
    var entry = IdempotencyStore.Entry(eventID: newID, received: arrived, accepted: false)
    do throws(IdempotencyStore.Failure) {
      if let key = delivery.key {
        switch try keys.admit(key, bodyDigest: delivery.bodyDigest, at: arrived) {
        case .conflicting: return .ended(.conflicting)
        case .admitted(let known): entry = known
        }
      }
    } catch {
      logger.error("the store of idempotency keys cannot be used", metadata: ["reason": "\(error)"])
      return .later
    }
    let id = CaseID(opinion: OpinionReference(source: source, id: entry.eventID), subject: nil)
    if entry.accepted { return .ended(.taken(Receipt(id: id, repeated: true))) }
    do throws(LogError) {
      try publish(delivery, as: entry, of: id)
    } catch {
      return recover(from: error)
    }
    do throws(IdempotencyStore.Failure) {
      if let key = delivery.key { try keys.accept(key) }
    } catch {
      logger.warning(
        "an accepted opinion will be published again if it is sent again", metadata: ["reason": "\(error)"])
    }
    return .ended(.taken(Receipt(id: id, repeated: false)))
  }

  private func publish(_ delivery: Delivery, as entry: IdempotencyStore.Entry, of id: CaseID) throws(LogError) {
    let event = CloudEvent(
      id: entry.eventID, source: source, type: EventTypes.opinionSubmitted, time: GivenTime(entry.received),
      data: delivery.data)
    var record = event.record(key: id.key)
    record.headers += delivery.trace?.headers ?? []
    let output = Output(to: Topics.opinions, record)
    try publisher.withLock { publisher throws(LogError) in
      let open: any LogPublisher
      if let publisher { open = publisher } else { open = try log.openPublisher(as: name) }
      publisher = open
      _ = try open.publish([output])
    }
  }

  private func recover(from error: LogError) -> Attempt {
    logger.warning(
      "the log did not take an opinion",
      metadata: ["log": "\(log.address)", "reason": "\(error)", "recovery": "\(error.recovery.rawValue)"])
    if error.code == .recordTooLarge { return .ended(.tooLarge) }
    switch error.recovery {
    case .retry, .abort: return .later
    case .restart:
      publisher.withLock { publisher in
        publisher?.close()
        publisher = nil
      }
      return .later
    case .stop: return .ended(.unavailable)
    }
  }
}
