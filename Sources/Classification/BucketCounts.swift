/// How often each bucket occurs in one part of an opinion.
package struct BucketCounts: Sendable {
  /// In order of first occurrence, each once.
  package private(set) var buckets: [UInt32] = []
  /// As many as `buckets`.
  package private(set) var counts: [UInt32] = []

  /// Calls `body` for each bucket with how often it occurs, and with what that counts for: see ``Features/frequency(_:)``.
  @inline(__always)
  func forEach(_ body: (_ bucket: UInt32, _ count: UInt32, _ frequency: Int32) -> Void) {
    Features.frequencies.withUnsafeBufferPointer { frequencies in
      buckets.withUnsafeBufferPointer { buckets in
        counts.withUnsafeBufferPointer { counts in
          for index in 0..<buckets.count {
            let count = counts[index]
            body(buckets[index], count, frequencies[Int(min(count, 64))])
          }
        }
      }
    }
  }

  init(_ text: PlainText, _ part: Ngrams.Part, bits: Int) {
    let ngrams = Ngrams(part, bits: bits)
    let total = ngrams.count(characters: text.characters.count)
    guard total > 0 else { return }
    var capacity = 16
    while capacity < total * 2 { capacity *= 2 }
    let mask = capacity - 1
    buckets.reserveCapacity(total)
    // Open addressing: at each place the index into `buckets` plus one, 0 for none.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: capacity) { places in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: total * 2) { found in
        places.initialize(repeating: 0)
        var size = 0
        text.characters.withUnsafeBufferPointer { characters in
          ngrams.forEach(in: characters) { bucket, _, _ in
            var place = Int(bucket) & mask
            while true {
              let index = Int(places[place])
              if index == 0 {
                found[size] = bucket
                found[total + size] = 1
                size += 1
                places[place] = Int32(truncatingIfNeeded: size)
                return
              }
              if found[index - 1] == bucket {
                found[total + index - 1] &+= 1
                return
              }
              place = (place + 1) & mask
            }
          }
        }
        buckets = Array(found[0..<size])
        counts = Array(found[total..<(total + size)])
      }
    }
  }
}
