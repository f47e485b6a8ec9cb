import EventLog
import Testing

@Suite struct PartitionerTests {
  @Test(
    arguments: [
      ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
      ("a-little-bit-longer-string", -1_486_304_829),
      ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
    ] as [(String, Int32)])
  func `murmur2 agrees with Kafka's Java clients`(key: String, hash: Int32) {
    #expect(Int32(bitPattern: Partitioner.murmur2(Array(key.utf8))) == hash)
  }

  @Test func `a negative hash still gives a partition of the topic`() {
    let key = Array("21".utf8)
    #expect(Partitioner.partition(of: key, among: 12) == Int(-973_932_308 & 0x7fff_ffff) % 12)
  }

  @Test func `every partition count is covered by some key and never exceeded`() {
    for count in 1...16 {
      let numbers = Set((0..<1000).map { Partitioner.partition(of: Array("key-\($0)".utf8), among: count) })
      #expect(numbers == Set(0..<count))
    }
  }

  @Test func `an empty key has a partition`() {
    #expect(Partitioner.partition(of: [], among: 1) == 0)
  }
}
