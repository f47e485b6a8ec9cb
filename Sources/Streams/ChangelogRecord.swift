package import EventLog

/// A record of a processor's changelog as somebody else may read it: which timers are set for a key and what waits
/// there, without the processor's state.
package enum ChangelogRecord: Hashable, Sendable {
  /// All the timers that the key has from now on.
  case entry(key: [UInt8], timers: [Timer], isParked: Bool)
  /// Nothing is kept for the key any more.
  case noEntry(key: [UInt8])
  /// A record waits under that number.
  case held(key: [UInt8], number: UInt64, StoredRecord)
  /// What waited under that number waits no more.
  case letGo(key: [UInt8], number: UInt64)
  /// The partition goes by these rules, which came by a ``RulesRecord``.
  case rules([UInt8])
  /// The partition's keys are being revised under its rules, and have been up to this one; `nil` before the first.
  case revising(after: [UInt8]?)
  /// All have been.
  case revised

  /// - Throws: ``Rejection`` for a record that this version can't read.
  package init(_ record: Record) throws(Rejection) {
    do {
      guard let name = record.key else { throw ByteReader.Truncated() }
      switch (try name.withUnsafeBytes { try ChangelogKey(encoded: $0) }, record.value) {
      case (.entry(let key), nil): self = .noEntry(key: key)
      case (.held(let key, let number), nil): self = .letGo(key: key, number: number)
      case (.held(let key, let number), .some(let value)):
        self = .held(key: key, number: number, try StoredRecord(encoded: value))
      case (.rules, nil): throw ByteReader.Truncated()
      case (.rules, .some(let value)): self = .rules(value)
      case (.sweep, nil): self = .revised
      case (.sweep, .some(let value)):
        self = .revising(after: try value.withUnsafeBytes { try ChangelogKey.sweepPlace($0) })
      case (.entry(let key), .some(let value)):
        let entry = try value.withUnsafeBytes { try Entry(encoded: $0, withState: false) }
        let timers = entry.timers.map { setting in
          Timer(key: key, kind: setting.kind, generation: setting.generation, due: setting.due)
        }
        self = .entry(key: key, timers: timers, isParked: entry.parked != nil)
      }
    } catch {
      throw Rejection("not a record of a changelog that this version can read")
    }
  }

  /// Whose record it is; `nil` if it is for all keys of its partition.
  package var key: [UInt8]? {
    switch self {
    case .entry(let key, _, _), .noEntry(let key), .held(let key, _, _), .letGo(let key, _): key
    case .rules, .revising, .revised: nil
    }
  }
}
