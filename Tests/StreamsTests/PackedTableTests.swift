import SeededRandom
import Glibc
import Testing

@testable import Streams

/// The table against a dictionary that is given the same.
struct PackedTableTests {
  private static func bytes(_ buffer: UnsafeRawBufferPointer) -> [UInt8] { Array(buffer) }

  private static func contents(_ table: PackedTable) -> [[UInt8]: [UInt8]] {
    Dictionary(uniqueKeysWithValues: table.slots.map { (bytes(table.key(at: $0)), bytes(table.value(at: $0))) })
  }

  /// Random changes to few keys, so that all are replaced and removed again and again.
  private static func changed(_ table: PackedTable, steps: Int, seed: UInt64) -> [[UInt8]: [UInt8]] {
    var random = SeededGenerator(seed: seed)
    var model: [[UInt8]: [UInt8]] = [:]
    for _ in 0..<steps {
      let key = Array("key-\(random.next() % 400)".utf8)
      if random.next() % 3 == 0 {
        table.remove(key)
        model[key] = nil
      } else {
        let value = [UInt8](repeating: UInt8(truncatingIfNeeded: random.next()), count: Int(random.next() % 500))
        table.put(key, value)
        model[key] = value
      }
    }
    return model
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `it holds what a dictionary holds after the same changes`(seed: UInt64) {
    let table = PackedTable()
    let model = Self.changed(table, steps: 20_000, seed: seed)
    #expect(Self.contents(table) == model)
    #expect(table.count == model.count)
    for (key, value) in model {
      let slot = table.slot(of: key)
      #expect(slot.map { Self.bytes(table.value(at: $0)) } == value)
    }
    #expect(table.slot(of: Array("never".utf8)) == nil)
  }

  @Test func `an empty key and an empty value are ordinary`() {
    let table = PackedTable()
    table.put([], [])
    #expect(Self.contents(table) == [[]: []])
    table.put([], [1])
    #expect(Self.contents(table) == [[]: [1]])
    table.remove([])
    #expect(table.slot(of: []) == nil)
    #expect(table.count == 0)
  }

  @Test func `a slot stays its key's while the block is packed anew`() {
    let table = PackedTable()
    let slot = table.put(Array("stays".utf8), [7])
    for round in 0..<5000 { table.put(Array("changes".utf8), [UInt8](repeating: 0, count: round % 200)) }
    #expect(table.slot(of: Array("stays".utf8)) == slot)
    #expect(Self.bytes(table.value(at: slot)) == [7])
  }

  @Test func `what it gave in one piece it takes back`() throws {
    let table = PackedTable()
    let model = Self.changed(table, steps: 5000, seed: 4)
    let packed = table.slots.flatMap { Self.bytes(table.packed(at: $0)) }
    let again = try #require(PackedTable(packed: Self.block(packed), size: packed.count, count: table.count))
    #expect(Self.contents(again) == model)
    again.put(Array("more".utf8), [1])
    #expect(again.count == model.count + 1)
  }

  @Test func `a piece that holds something else is refused`() {
    let table = PackedTable()
    table.put(Array("a".utf8), [1])
    table.put(Array("b".utf8), [2])
    let packed = table.slots.flatMap { Self.bytes(table.packed(at: $0)) }
    #expect(PackedTable(packed: Self.block(packed), size: packed.count, count: 3) == nil)
    #expect(PackedTable(packed: Self.block(packed), size: packed.count - 8, count: 2) == nil)
    var long = packed
    long[4] = 255
    #expect(PackedTable(packed: Self.block(long), size: long.count, count: 2) == nil)
  }

  private static func block(_ bytes: [UInt8]) -> UnsafeMutableRawPointer? {
    let block = malloc(max(bytes.count, 8))
    bytes.withUnsafeBytes { if let start = $0.baseAddress { block?.copyMemory(from: start, byteCount: $0.count) } }
    return block
  }
}
