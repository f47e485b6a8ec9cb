/// Which partition a key belongs to: the rule of Kafka's Java clients (`BuiltInPartitioner`, `Utils.murmur2`), so that
/// producers in any language that follow it agree with ours.
package enum Partitioner {
  /// - Parameter partitions: at least 1.
  package static func partition(of key: [UInt8], among partitions: Int) -> Int {
    precondition(partitions > 0, "a topic has at least one partition")
    return Int(murmur2(key) & 0x7fff_ffff) % partitions
  }

  /// MurmurHash2, 32 bits, with the seed 0x9747b28c that Kafka uses.
  package static func murmur2(_ bytes: [UInt8]) -> UInt32 {
    let multiplier: UInt32 = 0x5bd1_e995
    var hash: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: bytes.count)
    var index = 0
    while index + 4 <= bytes.count {
      var word =
        UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
        | UInt32(bytes[index + 3]) << 24
      word = word &* multiplier
      word ^= word >> 24
      word = word &* multiplier
      hash = hash &* multiplier
      hash ^= word
      index += 4
    }
    let rest = bytes.count - index
    if rest >= 3 { hash ^= UInt32(bytes[index + 2]) << 16 }
    if rest >= 2 { hash ^= UInt32(bytes[index + 1]) << 8 }
    if rest >= 1 {
      hash ^= UInt32(bytes[index])
      hash = hash &* multiplier
    }
    hash ^= hash >> 13
    hash = hash &* multiplier
    hash ^= hash >> 15
    return hash
  }
}
