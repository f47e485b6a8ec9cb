import Cases

/// Finds the runs of characters that weighed most for a category, and where they stand in the original.
struct Reasons {
  /// One part of an opinion.
  struct Part {
    let part: Ngrams.Part
    let text: PlainText
    let counts: BucketCounts
    /// What frequency × weight counts for in this part.
    let factor: Double
  }

  private let file: ModelFile
  private let first: Int
  private let second: Int

  /// - Parameters:
  ///   - first: the category that was chosen, by its place in the header.
  ///   - second: the one that it was chosen against.
  init(_ file: ModelFile, first: Int, second: Int) {
    self.file = file
    self.first = first + 1
    self.second = second + 1
  }

  static let most = 5
  /// More are looked at, for those that overlap or explain nothing.
  private static let candidates = 32

  private struct Find {
    let part: Ngrams.Part
    let bucket: UInt32
    let weight: Double
    var start = -1
    var length = 0
  }

  /// Each run once, where it stands first, and none that overlaps a weightier one.
  func spans(_ parts: [Part]) -> [Classification.Span] {
    var finds: [Find] = []
    for part in parts { finds += heaviest(part) }
    // Equal weights: the title first, then the earlier, then the longer.
    finds.sort { one, other in
      (other.weight, one.part.rawValue, one.start, other.length)
        < (one.weight, other.part.rawValue, other.start, one.length)
    }
    var chosen: [Find] = []
    for find in finds where chosen.count < Self.most {
      let overlaps = chosen.contains { other in
        other.part == find.part && other.start < find.start + find.length && find.start < other.start + other.length
      }
      if !overlaps { chosen.append(find) }
    }
    return chosen.compactMap { find in
      guard let offsets = parts.first(where: { $0.part == find.part })?.text.offsets else { return nil }
      return Classification.Span(
        field: find.part == .title ? .title : .text, start: Int(offsets[find.start]),
        end: Int(offsets[find.start + find.length - 1]) + 1)
    }
  }

  /// The weightiest runs of one part, each where it stands first.
  private func heaviest(_ part: Part) -> [Find] {
    var finds = heaviestBuckets(part)
    // A mark for each bucket that is looked for, by its last bits: most others fail this test, and need no search.
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: 2048) { sieve in
      sieve.initialize(repeating: false)
      for find in finds { sieve[Int(find.bucket & 2047)] = true }
      finds.withUnsafeMutableBufferPointer { finds in
        part.text.characters.withUnsafeBufferPointer { characters in
          Ngrams(part.part, bits: file.header.bits).forEach(in: characters) { bucket, start, length in
            guard sieve[Int(bucket & 2047)] else { return }
            for index in finds.indices where finds[index].bucket == bucket && finds[index].start < 0 {
              finds[index].start = start
              finds[index].length = length
            }
          }
        }
      }
    }
    let characters = part.text.characters
    // A run of one character that is no Chinese one, or with a space at its edge, explains nothing.
    return finds.filter { find in
      find.start >= 0 && characters[find.start] > 0x20 && characters[find.start + find.length - 1] > 0x20
        && (find.length > 1 || characters[find.start] >= 0x3400)
    }
  }

  private func heaviestBuckets(_ part: Part) -> [Find] {
    let lanes = file.header.lanes
    let weights = file.weights
    var best: [(weight: Int32, bucket: UInt32)] = []
    best.reserveCapacity(Self.candidates + 1)
    part.counts.forEach { bucket, _, frequency in
      let slot = weights + Int(bucket) &* lanes
      let gain = frequency &* (Int32(slot[first]) &- Int32(slot[second]))
      guard gain > 0, best.count < Self.candidates || gain > best[best.count - 1].weight else { return }
      var place = best.count
      while place > 0, best[place - 1].weight < gain { place -= 1 }
      best.insert((gain, bucket), at: place)
      if best.count > Self.candidates { best.removeLast() }
    }
    return best.map { Find(part: part.part, bucket: $0.bucket, weight: Double($0.weight) * part.factor) }
  }
}
