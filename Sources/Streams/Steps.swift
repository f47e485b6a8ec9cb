import EventLog
import Time

/// A processor with its types put away, so that a batch is worked out by code that is compiled once and not looked up anew
/// for every processor.
///
/// A record is read (``read(_:)``) and then processed: the input in between stays here.
protocol Steps: AnyObject {
  var name: String { get }
  var changelog: String { get }

  /// - Throws: ``Rejection`` if the record can't be read.
  func read(_ record: StoredRecord) throws(Rejection)

  /// Processes what was read last, for a processor without state.
  func process(at time: Instant) throws(Rejection) -> [Effect]

  /// Processes what was read last. Its state is the copy's only after ``KeyCopy/keep(within:)``.
  func process(_ copy: KeyCopy, at time: Instant) throws(Rejection) -> [Effect]

  func punctuate(_ timer: Timer, _ copy: KeyCopy, at time: Instant) -> [Effect]

  /// Nothing, if the key has no state.
  func revise(_ copy: KeyCopy, at time: Instant) -> [Effect]

  /// The same processor under other rules; its copies and those of this one are of one kind.
  func adopting(_ rules: [UInt8]) throws(Rejection) -> (any Steps)?

  /// - Throws: what the state's own coding throws.
  func copy(_ key: [UInt8], _ name: [UInt8], _ entry: Entry, in store: StateStore) throws -> KeyCopy
}

final class TypedSteps<P: Processor>: Steps {
  private let processor: P
  private var input: P.Input?
  let name: String
  let changelog: String

  init(_ processor: P) {
    self.processor = processor
    name = processor.name
    changelog = processor.changelog
  }

  func read(_ record: StoredRecord) throws(Rejection) {
    input = try processor.decode(record)
  }

  func process(at time: Instant) throws(Rejection) -> [Effect] {
    var state: P.State?
    return try processor.process(taken(), state: &state, at: time)
  }

  func process(_ copy: KeyCopy, at time: Instant) throws(Rejection) -> [Effect] {
    let input = taken()
    return try typed(copy).tryOut { state throws(Rejection) in
      try processor.process(input, state: &state, at: time)
    }
  }

  func punctuate(_ timer: Timer, _ copy: KeyCopy, at time: Instant) -> [Effect] {
    typed(copy).change { processor.punctuate(timer, state: &$0, at: time) }
  }

  func revise(_ copy: KeyCopy, at time: Instant) -> [Effect] {
    let copy = typed(copy)
    guard copy.state != nil else { return [] }
    return copy.change { processor.revise(copy.key, state: &$0, at: time) }
  }

  func adopting(_ rules: [UInt8]) throws(Rejection) -> (any Steps)? {
    guard let adopted = try processor.adopting(rules) else { return nil }
    return TypedSteps(adopted)
  }

  func copy(_ key: [UInt8], _ name: [UInt8], _ entry: Entry, in store: StateStore) throws -> KeyCopy {
    let copy = TypedKeyCopy<P.State>(key, name, entry, in: store)
    try copy.load()
    return copy
  }

  private func typed(_ copy: KeyCopy) -> TypedKeyCopy<P.State> {
    // All copies come from here.
    unsafeDowncast(copy, to: TypedKeyCopy<P.State>.self)
  }

  private func taken() -> P.Input {
    guard let input else { preconditionFailure("a record is read before it is processed") }
    self.input = nil
    return input
  }
}
