import Time

/// All that is kept for one key: the processor's state, its timers, and what waits.
///
/// One record of the changelog holds one entry, so that state and timers can't part; only the records that wait are
/// records of their own (``ChangelogKey/held(_:_:)``), since they may be large.
struct Entry: Hashable {
  struct Setting: Hashable {
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
  var timers: [Timer.Kind: Setting] = [:]
  /// The numbers of the records that wait, in order.
  var held: [UInt64] = []
  var parked: Parked?

  var isEmpty: Bool { state == nil && timers.isEmpty && held.isEmpty && parked == nil }

  private static let version: UInt8 = 1

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.version)
    writer.write(optional: state)
    writer.write(UInt16(timers.count))
    for (kind, setting) in timers.sorted(by: { $0.key < $1.key }) {
      writer.write(kind)
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

  init(encoded bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    guard try reader.read(UInt8.self) == Self.version else { throw ByteReader.Truncated() }
    state = try reader.readOptional()
    for _ in 0..<(try reader.read(UInt16.self)) {
      let kind = try reader.readText()
      let generation = Int(try reader.read(Int64.self))
      timers[kind] = Setting(generation: generation, due: Instant(milliseconds: try reader.read()))
    }
    for _ in 0..<(try reader.read(UInt32.self)) { held.append(try reader.read()) }
    if try reader.read(UInt8.self) == 1 {
      parked = Parked(
        record: try reader.read(), retries: Int(try reader.read(UInt32.self)),
        since: Instant(milliseconds: try reader.read()))
    }
  }
}

/// The key of a changelog's record: whose entry it is, or which waiting record of whom.
enum ChangelogKey: Hashable {
  case entry([UInt8])
  case held([UInt8], UInt64)

  var encoded: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .entry(let key):
      writer.write(UInt8(1))
      writer.write(key)
    case .held(let key, let number):
      writer.write(UInt8(2))
      writer.write(key)
      writer.write(number)
    }
    return writer.bytes
  }

  init(encoded bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    switch try reader.read(UInt8.self) {
    case 1: self = .entry(try reader.readBytes())
    case 2: self = .held(try reader.readBytes(), try reader.read())
    default: throw ByteReader.Truncated()
    }
  }
}
