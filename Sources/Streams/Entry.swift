import Time

/// All that is kept for one key: the processor's state, its timers, and what waits.
///
/// One record of the changelog holds one entry, so that state and timers can't part; only the records that wait are
/// records of their own (``ChangelogKey/held(_:_:)``), since they may be large.
struct Entry: Hashable {
  struct Setting: Hashable {
    var kind: Timer.Kind
    var generation: Int
    var due: Instant
  }

  /// The key stands still behind a record that its processor could not handle.
  struct Parked: Hashable {
    /// Which of ``Entry/held`` that is.
    var record: UInt64
    /// How often it was retried.
    var retries: Int
    /// When it failed first.
    var since: Instant
  }

  var state: [UInt8]?
  /// By kind; of each at most one.
  private(set) var timers: [Setting] = []
  /// The numbers of the records that wait, in order.
  var held: [UInt64] = []
  var parked: Parked?

  var isEmpty: Bool { state == nil && timers.isEmpty && held.isEmpty && parked == nil }

  func timer(_ kind: Timer.Kind) -> Setting? {
    timers.first { $0.kind == kind }
  }

  mutating func set(_ setting: Setting) {
    cancel(setting.kind)
    timers.insert(setting, at: timers.firstIndex { $0.kind > setting.kind } ?? timers.endIndex)
  }

  mutating func cancel(_ kind: Timer.Kind) {
    if let index = timers.firstIndex(where: { $0.kind == kind }) { timers.remove(at: index) }
  }

  // MARK: In bytes

  private static let version: UInt8 = 1

  func encoded() -> [UInt8] {
    var size = 18 + (state?.count ?? 0) + held.count * 8 + (parked == nil ? 0 : 20)
    for setting in timers { size += 20 + setting.kind.utf8.count }
    var writer = ByteWriter(capacity: size)
    writer.write(Self.version)
    writer.write(optional: state)
    writer.write(UInt16(timers.count))
    for setting in timers {
      writer.write(setting.kind)
      writer.write(Int64(setting.generation))
      writer.write(setting.due.milliseconds)
    }
    writer.write(UInt32(held.count))
    for number in held { writer.write(number) }
    writer.write(UInt8(parked == nil ? 0 : 1))
    if let parked {
      writer.write(parked.record)
      writer.write(UInt32(parked.retries))
      writer.write(parked.since.milliseconds)
    }
    return writer.bytes
  }

  init() {}

  /// - Parameter withState: `false` leaves the state out, which most of the bytes are.
  init(encoded bytes: UnsafeRawBufferPointer, withState: Bool = true) throws(ByteReader.Truncated) {
    var reader = ByteReader(bytes)
    guard try reader.read(UInt8.self) == Self.version else { throw ByteReader.Truncated() }
    if try reader.read(UInt8.self) != 0 {
      let bytes = try reader.readBuffer()
      if withState { state = [UInt8](bytes) }
    }
    for _ in 0..<(try reader.read(UInt16.self)) {
      let kind = try reader.readText()
      let generation = Int(try reader.read(Int64.self))
      timers.append(Setting(kind: kind, generation: generation, due: Instant(milliseconds: try reader.read())))
    }
    for _ in 0..<(try reader.read(UInt32.self)) { held.append(try reader.read()) }
    if try reader.read(UInt8.self) == 1 {
      parked = Parked(
        record: try reader.read(), retries: Int(try reader.read(UInt32.self)),
        since: Instant(milliseconds: try reader.read()))
    }
  }
}

/// The key of a changelog's record: whose entry it is, or which waiting record of whom, or what is kept for all keys of
/// the partition together.
enum ChangelogKey: Hashable {
  case entry([UInt8])
  case held([UInt8], UInt64)
  /// The rules that the partition goes by, as they came.
  case rules
  /// How far the keys have been revised under them; nothing, if all have.
  case sweep

  private static let entryMark: UInt8 = 1
  private static let heldMark: UInt8 = 2
  private static let rulesMark: UInt8 = 3
  private static let sweepMark: UInt8 = 4

  var encoded: [UInt8] {
    switch self {
    case .entry(let key):
      var writer = ByteWriter(capacity: 5 + key.count)
      writer.write(Self.entryMark)
      writer.write(key)
      return writer.bytes
    case .held(let key, let number):
      var writer = ByteWriter(capacity: 13 + key.count)
      writer.write(Self.heldMark)
      writer.write(key)
      writer.write(number)
      return writer.bytes
    case .rules: return [Self.rulesMark]
    case .sweep: return [Self.sweepMark]
    }
  }

  init(encoded bytes: UnsafeRawBufferPointer) throws(ByteReader.Truncated) {
    var reader = ByteReader(bytes)
    switch try reader.read(UInt8.self) {
    case Self.entryMark: self = .entry(try reader.readBytes())
    case Self.heldMark: self = .held(try reader.readBytes(), try reader.read())
    case Self.rulesMark: self = .rules
    case Self.sweepMark: self = .sweep
    default: throw ByteReader.Truncated()
    }
  }

  static func isEntry(_ encoded: UnsafeRawBufferPointer) -> Bool { encoded.first == entryMark }

  /// Whose entry it is, without a copy; `nil` if it is none.
  static func entryKey(in encoded: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard isEntry(encoded), encoded.count >= 5 else { return nil }
    return UnsafeRawBufferPointer(rebasing: encoded[5...])
  }

  /// The value under ``sweep``.
  /// - Parameter last: the last key visited; `nil` if none has been.
  static func encodedSweep(after last: [UInt8]?) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(optional: last)
    return writer.bytes
  }

  /// The last key visited, from the value under ``sweep``.
  static func sweepPlace(_ bytes: UnsafeRawBufferPointer) throws(ByteReader.Truncated) -> [UInt8]? {
    var reader = ByteReader(bytes)
    return try reader.readOptional()
  }
}

extension Timer {
  var setting: Entry.Setting { Entry.Setting(kind: kind, generation: generation, due: due) }
}
