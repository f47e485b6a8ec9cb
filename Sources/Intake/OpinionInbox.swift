package import Cases
import EventLog
package import Outbox
import Streams
package import Time

/// Makes opinions durable, each once, however often it is sent under one ``IdempotencyKey``.
package struct OpinionInbox: Sendable {
  package struct Receipt: Hashable, Sendable {
    package let id: CaseID
    /// It was taken before.
    package let repeated: Bool
  }

  package enum Outcome: Hashable, Sendable {
    /// Durable: in the log, or on its way there on this gateway's disk.
    case taken(Receipt)
    /// The key stands for another body.
    case conflicting
    /// The log will never take it.
    case tooLarge
    /// It could not be made durable within the time. It may be all the same.
    case unavailable
  }

  /// What is to be put on the log.
  package struct Delivery: Sendable {
    package let data: [UInt8]
    package let key: IdempotencyKey?
    /// SHA-256 of the body as it was sent; of no use without a key.
    package let bodyDigest: [UInt8]
    package let trace: TraceContext?

    package init(data: [UInt8], key: IdempotencyKey? = nil, bodyDigest: [UInt8] = [], trace: TraceContext? = nil) {
      self.data = data
      self.key = key
      self.bodyDigest = bodyDigest
      self.trace = trace
    }
  }

  private let outbox: SpoolingOutbox
  private let source: String
  private let clock: @Sendable () -> Instant
  private let makeID: @Sendable () -> String

  /// - Parameter makeID: gives a new `ce_id` at each call, for opinions that come without a key.
  package init(
    outbox: SpoolingOutbox, source: String = Sources.intake, clock: @escaping @Sendable () -> Instant,
    makeID: @escaping @Sendable () -> String
  ) {
    self.outbox = outbox
    self.source = source
    self.clock = clock
    self.makeID = makeID
  }

  /// Returns once the opinion is durable, or after the outbox' patience.
  ///
  /// The event of a key and a body has one id on every gateway and after every loss of a disk. What a key stands for is
  /// remembered in the transaction that makes the opinion durable, for ``SpoolingOutbox/keyRetention``.
  package func take(_ delivery: Delivery) async -> Outcome {
    let eventID = delivery.key?.eventID(bodyDigest: delivery.bodyDigest) ?? makeID()
    let id = CaseID(opinion: OpinionReference(source: source, id: eventID), subject: nil)
    let event = CloudEvent(
      id: eventID, source: source, type: EventTypes.opinionSubmitted, time: GivenTime(clock()), data: delivery.data)
    var record = event.record(key: id.key)
    record.headers += delivery.trace?.headers ?? []
    let key = delivery.key.map { OutboxKey(digest: $0.digest, content: delivery.bodyDigest) }
    switch await outbox.put([Output(to: Topics.opinions, record)], under: key) {
    case .durable: return .taken(Receipt(id: id, repeated: false))
    case .repeated: return .taken(Receipt(id: id, repeated: true))
    case .conflicting: return .conflicting
    case .tooLarge: return .tooLarge
    case .unavailable: return .unavailable
    }
  }
}
