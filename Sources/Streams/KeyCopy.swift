import EventLog

/// What a batch has made of one key so far, beside the certain state that it comes from.
class KeyCopy {
  let store: StateStore
  let key: [UInt8]
  /// The key of its record in the changelog.
  let name: [UInt8]
  let timersBefore: [Entry.Setting]
  let wasParked: Bool
  /// Its state is that of before the batch; see ``storedState()``.
  var entry: Entry
  /// Kinds whose timers were taken from the queue in this batch, whether they fired or not.
  var dequeued: [Timer.Kind] = []
  /// The changelog's new record of it, once that is worked out; `nil` if nothing is left to keep.
  var encoded: [UInt8]?

  init(_ key: [UInt8], _ name: [UInt8], _ entry: Entry, in store: StateStore) {
    self.store = store
    self.key = key
    self.name = name
    self.entry = entry
    timersBefore = entry.timers
    wasParked = entry.parked != nil
  }

  /// The state as the batch has left it.
  /// - Throws: what the state's own coding throws.
  func storedState() throws -> [UInt8]? { entry.state }

  /// Makes what the last call of the processor gave the state.
  /// - Throws: ``Rejection`` if it has no stored form, or one of more than `limit` bytes; the state is as before.
  func keep(within limit: Int) throws(Rejection) {}
}

/// With the state as the processor sees it.
final class TypedKeyCopy<State: StoredState>: KeyCopy {
  private(set) var state: State?
  /// The state's stored form, where it is already known.
  private var stored: [UInt8]??
  /// What a call of the processor gave, until it is kept.
  private var next: State?

  /// - Throws: what the state's own coding throws.
  func load() throws {
    state = try entry.state.map { try State(stored: $0) }
  }

  /// Calls the processor with a state that becomes this key's by ``keep(within:)``.
  func tryOut<Result, Failure: Error>(_ body: (inout State?) throws(Failure) -> Result) throws(Failure) -> Result {
    next = state
    return try body(&next)
  }

  /// Calls the processor with the key's state itself.
  func change<Result>(_ body: (inout State?) -> Result) -> Result {
    stored = nil
    return body(&state)
  }

  override func keep(within limit: Int) throws(Rejection) {
    let bytes: [UInt8]?
    do {
      bytes = try next?.stored()
    } catch {
      throw Rejection("the state that follows has no stored form")
    }
    if let bytes, bytes.count > limit {
      throw Rejection(
        "the state that follows has \(bytes.count) bytes, more than the \(limit) that its changelog has room for")
    }
    state = next
    stored = .some(bytes)
  }

  override func storedState() throws -> [UInt8]? {
    if case .some(let bytes) = stored { return bytes }
    return try state?.stored()
  }
}
