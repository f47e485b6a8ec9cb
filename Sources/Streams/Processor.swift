package import EventLog
package import Time

/// A step of logic: pure functions from a record (or a timer that fell due), its key's state and the time to what follows.
///
/// A processor never sees a log, a socket or a clock. The same calls in the same order give the same effects, byte for
/// byte; that is what makes replay, crash recovery and tests in microseconds possible.
package protocol Processor: Sendable {
  /// What a record of an input topic is read as.
  associatedtype Input: Sendable
  /// What is kept between the records of one key; `Never` for a processor that keeps nothing. No state (`nil`) is how
  /// every key begins, and how it ends when nothing more need be known of it.
  associatedtype State: StoredState

  /// Short and stable: names the consumer group, the changelog, the metrics and the snapshots.
  var name: String { get }

  /// Topics to read. With state exactly one, so that a key's state can have only one writer.
  var inputs: [String] { get }

  /// Topics that every member reads whole before its first record, and follows from then on, outside of the group: what
  /// is the same for all keys. None by default.
  var broadcasts: [String] { get }

  /// The compacted topic that holds this processor's state.
  var changelog: String { get }

  /// What it may count (``Effect/count(_:)``) that must be there from the start at 0, so that the first time is seen as a
  /// growth. None by default.
  var counters: [Counted] { get }

  /// Reads a record. What can't be read becomes a dead letter and holds nothing up.
  func decode(_ record: StoredRecord) throws(Rejection) -> Input

  /// - Parameters:
  ///   - state: the key's state; what it is on return is what is kept, together with the effects, if this returns.
  ///   - time: the worker's clock: the wall's when live, the records' own when replayed.
  /// - Throws: ``Rejection`` if this record can't be handled: the state is as before, the record becomes a dead letter,
  ///   and the later records of its key wait behind it until someone retries or drops it.
  func process(_ input: Input, state: inout State?, at time: Instant) throws(Rejection) -> [Effect]

  /// Called once for each timer that falls due, in due order within a partition.
  func punctuate(_ timer: Timer, state: inout State?, at time: Instant) -> [Effect]

  /// This processor under other rules, which came by a control record (``RulesRecord``) into a partition: what comes
  /// after that there is handled by the answer. `nil`, which is the default, if it goes by no rules that could come so.
  ///
  /// It is always asked of the processor that its worker was given, whatever was adopted before. Only a processor with
  /// state is asked. The rules are kept in the changelog: from then on the partition goes by the newest ones that came,
  /// also after a restart, whatever the worker is given then; what it is given counts until the first ones come.
  /// - Throws: ``Rejection`` if it can't go by them: they become a dead letter, and those before stay in force.
  func adopting(_ rules: [UInt8]) throws(Rejection) -> Self?

  /// This processor with what one of its ``broadcasts`` says, for all records and timers from the next batch on: at most
  /// a quarter of a second after it was read. Until a topic says something whole, what the processor was given counts.
  ///
  /// It is always asked of the processor that its worker was given, with what else is in force told first.
  /// - Throws: ``Rejection`` if that makes no sense: what was in force before stays so, and the log of the process says it.
  func hearing(_ broadcast: Broadcast) throws(Rejection) -> Self

  /// Called for each key that had state when these rules came, once, in the order of the keys' bytes, some hundred in a
  /// transaction, between records and timers; also for keys that came later, and for some that were handled under these
  /// rules meanwhile: so what is already as the rules want it must stay as it is.
  /// - Parameter state: never `nil` when called.
  func revise(_ key: [UInt8], state: inout State?, at time: Instant) -> [Effect]
}

extension Processor where State == Never {
  package func punctuate(_ timer: Timer, state: inout Never?, at time: Instant) -> [Effect] { [] }
}

extension Processor {
  package var changelog: String { name + "-changelog" }

  package var broadcasts: [String] { [] }

  package var counters: [Counted] { [] }

  package func hearing(_ broadcast: Broadcast) throws(Rejection) -> Self { self }

  package func adopting(_ rules: [UInt8]) throws(Rejection) -> Self? { nil }

  package func revise(_ key: [UInt8], state: inout State?, at time: Instant) -> [Effect] { [] }
}

/// Why a record can't be read or handled. Becomes part of the dead letter: it names what and where, not the contents.
package struct Rejection: Error, Hashable, Sendable {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}

/// What a processor wants done. All effects of a call take place, with its state, in one transaction, or none does.
package enum Effect: Hashable, Sendable {
  /// Append this record to that topic, in the partition of its key.
  case emit(to: String, Record)
  /// Wake this key at that moment. A timer of the same kind that was set before is replaced by it.
  case schedule(Timer.Kind, generation: Int, at: Instant)
  /// No more timer of that kind. One that isn't set is ordinary.
  case cancel(Timer.Kind)
  /// Put the record at hand aside, in order, until ``release``: its time has not come yet.
  case hold
  /// Handle what was held, in order, right after this call.
  case release
  /// Make a dead letter of the record at hand, without holding anything up: unlike a ``Rejection``.
  case bury(reason: String)
  /// Make dead letters of all that is held.
  case buryHeld(reason: String)
  /// Count something under this name; never per key.
  case count(Counted)
}

/// A name for a metric without an unbounded label.
package struct Counted: Hashable, Sendable {
  package let metric: String
  package let labels: [String: String]

  package init(_ metric: String, _ labels: [String: String] = [:]) {
    self.metric = metric
    self.labels = labels
  }
}

/// A moment at which a key wants to be woken. Its identity is (key, kind, generation): it fires at most once.
package struct Timer: Hashable, Sendable {
  /// A short word, such as `reminder`; of each, a key has at most one.
  package typealias Kind = String

  package let key: [UInt8]
  package let kind: Kind
  package let generation: Int
  package let due: Instant

  package init(key: [UInt8], kind: Kind, generation: Int, due: Instant) {
    self.key = key
    self.kind = kind
    self.generation = generation
    self.due = due
  }
}
