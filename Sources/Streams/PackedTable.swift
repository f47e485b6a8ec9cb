import Glibc

/// Values by key, packed into one block of memory: a small entry costs its bytes and about 30 more, no allocation of its
/// own, and goes to a file and back as it lies. A million entries of Swift's arrays cost three times as much.
///
/// Belongs to one thread. What it lends (``key(at:)``, ``value(at:)``) holds until the next change.
final class PackedTable {
  /// Names a key for as long as it is here; used again after that.
  typealias Slot = UInt32

  /// In front of each entry: the sizes of its key and its value, as two numbers of 32 bits.
  static let headSize = 8

  private(set) var count = 0
  private var block: UnsafeMutableRawPointer?
  private var capacity = 0
  private var used = 0
  /// Bytes of the block that belong to no entry any more.
  private var dead = 0
  /// Where each slot's entry begins, in words of 8 bytes.
  private var places: [UInt32] = []
  private var free: [Slot] = []
  /// Open addressing: the upper half of a field is the key's hash, the lower its slot + 1, and 0 an empty field.
  private var fields: [UInt64]

  private static let nowhere = UInt32.max

  init() {
    fields = [UInt64](repeating: 0, count: 16)
  }

  deinit { Glibc.free(block) }

  // MARK: Looking

  func slot(of key: UnsafeRawBufferPointer) -> Slot? {
    field(of: key, Self.hash(key)).map { UInt32(truncatingIfNeeded: fields[$0]) - 1 }
  }

  func slot(of key: [UInt8]) -> Slot? {
    key.withUnsafeBytes { slot(of: $0) }
  }

  func contains(_ slot: Slot) -> Bool {
    places.indices.contains(Int(slot)) && places[Int(slot)] != Self.nowhere
  }

  func key(at slot: Slot) -> UnsafeRawBufferPointer {
    let entry = entry(at: slot)
    return UnsafeRawBufferPointer(start: entry + Self.headSize, count: Self.keySize(entry))
  }

  func value(at slot: Slot) -> UnsafeRawBufferPointer {
    let entry = entry(at: slot)
    return UnsafeRawBufferPointer(start: entry + Self.headSize + Self.keySize(entry), count: Self.valueSize(entry))
  }

  /// All slots in use, in the order in which they were first given.
  var slots: some Sequence<Slot> {
    places.indices.lazy.filter { self.places[$0] != Self.nowhere }.map { Slot($0) }
  }

  /// An entry with its head, as it lies here and as ``init(packed:count:)`` takes it back.
  func packed(at slot: Slot) -> UnsafeRawBufferPointer {
    let entry = entry(at: slot)
    return UnsafeRawBufferPointer(start: entry, count: Self.size(Self.keySize(entry), Self.valueSize(entry)))
  }

  // MARK: Changing

  @discardableResult
  func put(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Slot {
    let hash = Self.hash(key)
    let size = Self.size(key.count, value.count)
    if let field = field(of: key, hash) {
      let slot = UInt32(truncatingIfNeeded: fields[field]) - 1
      let old = entry(at: slot)
      let oldSize = Self.size(key.count, Self.valueSize(old))
      if oldSize == size {
        write(key, value, at: old)
      } else {
        dead += oldSize
        places[Int(slot)] = append(key, value, size)
        packIfWasteful()
      }
      return slot
    }
    let place = append(key, value, size)
    let slot = take(place)
    enter(slot, hash)
    return slot
  }

  @discardableResult
  func put(_ key: [UInt8], _ value: [UInt8]) -> Slot {
    key.withUnsafeBytes { key in value.withUnsafeBytes { put(key, $0) } }
  }

  /// A key that isn't here is ordinary.
  func remove(_ key: [UInt8]) {
    key.withUnsafeBytes { key in
      guard let field = field(of: key, Self.hash(key)) else { return }
      let slot = UInt32(truncatingIfNeeded: fields[field]) - 1
      let entry = entry(at: slot)
      dead += Self.size(key.count, Self.valueSize(entry))
      places[Int(slot)] = Self.nowhere
      free.append(slot)
      count -= 1
      clear(field)
      packIfWasteful()
    }
  }

  // MARK: In one piece

  /// Takes over entries as ``packed(at:)`` gave them, one behind the other.
  /// - Parameter block: of `malloc`, of at least `size` bytes; this table's from here on, also if it is refused.
  /// - Returns: `nil` if the block holds anything but so many entries.
  init?(packed block: UnsafeMutableRawPointer?, size: Int, count: Int) {
    self.block = block
    capacity = size
    used = size
    var width = 16
    while count * 4 > width * 3 { width *= 2 }
    fields = [UInt64](repeating: 0, count: width)
    places.reserveCapacity(count)
    var place = 0
    while place < size {
      guard size - place >= Self.headSize, let block else { return nil }
      let entry = block + place
      let (keySize, valueSize) = (Self.keySize(entry), Self.valueSize(entry))
      let size = Self.size(keySize, valueSize)
      guard size <= self.used - place else { return nil }
      let slot = take(UInt32(truncatingIfNeeded: place / 8))
      enter(slot, Self.hash(UnsafeRawBufferPointer(start: entry + Self.headSize, count: keySize)))
      place += size
    }
    guard self.count == count else { return nil }
  }

  // MARK: The block

  private static func keySize(_ entry: UnsafeRawPointer) -> Int { Int(entry.load(as: UInt32.self)) }

  private static func valueSize(_ entry: UnsafeRawPointer) -> Int {
    Int(entry.load(fromByteOffset: 4, as: UInt32.self))
  }

  private static func size(_ key: Int, _ value: Int) -> Int { (headSize + key + value + 7) & ~7 }

  private func entry(at slot: Slot) -> UnsafeMutableRawPointer {
    // A slot in use lies in the block.
    block! + Int(places[Int(slot)]) * 8
  }

  private func write(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, at entry: UnsafeMutableRawPointer)
  {
    entry.storeBytes(of: UInt32(key.count), as: UInt32.self)
    entry.storeBytes(of: UInt32(value.count), toByteOffset: 4, as: UInt32.self)
    let end = entry + Self.headSize + key.count + value.count
    if let start = key.baseAddress { (entry + Self.headSize).copyMemory(from: start, byteCount: key.count) }
    if let start = value.baseAddress {
      (entry + Self.headSize + key.count).copyMemory(from: start, byteCount: value.count)
    }
    // So that equal entries are equal bytes, and nothing old goes to a file.
    (end..<(entry + Self.size(key.count, value.count))).forEach { $0.storeBytes(of: 0, as: UInt8.self) }
  }

  private func append(_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, _ size: Int) -> UInt32 {
    if used + size > capacity {
      capacity = max(used + size, capacity / 2 * 3, 4096)
      block = Self.allocated(realloc(block, capacity))
    }
    let place = UInt32(used / 8)
    write(key, value, at: block! + used)
    used += size
    return place
  }

  private static func allocated(_ memory: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer {
    guard let memory else { fatalError("out of memory for state") }
    return memory
  }

  /// Moves the entries together once most of the block is waste: each byte is moved once or twice on average.
  private func packIfWasteful() {
    guard dead > 1 << 16, dead > used / 2 else { return }
    let new = Self.allocated(malloc(max(used - dead, 4096)))
    var end = 0
    for slot in places.indices where places[slot] != Self.nowhere {
      let packed = packed(at: Slot(slot))
      (new + end).copyMemory(from: packed.baseAddress!, byteCount: packed.count)
      places[slot] = UInt32(end / 8)
      end += packed.count
    }
    Glibc.free(block)
    block = new
    capacity = max(used - dead, 4096)
    used = end
    dead = 0
  }

  // MARK: The index

  /// Seeded anew in each process, so that nobody can choose keys that collide.
  private static func hash(_ key: UnsafeRawBufferPointer) -> UInt32 {
    var hasher = Hasher()
    hasher.combine(bytes: key)
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }

  private func take(_ place: UInt32) -> Slot {
    count += 1
    if let slot = free.popLast() {
      places[Int(slot)] = place
      return slot
    }
    places.append(place)
    return Slot(places.count - 1)
  }

  private func field(of key: UnsafeRawBufferPointer, _ hash: UInt32) -> Int? {
    let mask = fields.count - 1
    var index = Int(hash) & mask
    while fields[index] != 0 {
      let field = fields[index]
      if UInt32(truncatingIfNeeded: field >> 32) == hash {
        let other = self.key(at: UInt32(truncatingIfNeeded: field) - 1)
        if other.count == key.count, key.isEmpty || memcmp(other.baseAddress!, key.baseAddress!, key.count) == 0 {
          return index
        }
      }
      index = (index + 1) & mask
    }
    return nil
  }

  private func enter(_ slot: Slot, _ hash: UInt32) {
    if count * 4 > fields.count * 3 {
      let old = fields
      fields = [UInt64](repeating: 0, count: old.count * 2)
      for field in old where field != 0 { settle(field) }
    }
    settle(UInt64(hash) << 32 | UInt64(slot + 1))
  }

  private func settle(_ field: UInt64) {
    let mask = fields.count - 1
    var index = Int(field >> 32) & mask
    while fields[index] != 0 { index = (index + 1) & mask }
    fields[index] = field
  }

  /// Empties a field, and closes the gap for the keys that lie behind it since it was taken.
  private func clear(_ field: Int) {
    let mask = fields.count - 1
    var gap = field
    var index = (gap + 1) & mask
    while fields[index] != 0 {
      let home = Int(fields[index] >> 32) & mask
      if (index - home) & mask >= (index - gap) & mask {
        fields[gap] = fields[index]
        gap = index
      }
      index = (index + 1) & mask
    }
    fields[gap] = 0
  }
}
