import Cases

/// Finds the runs of characters that weighed most for a category, and where they stand in the original.
struct Reasons {
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

  private struct Find {
    let part: Ngrams.Part
    let start: Int
    let length: Int
    let bucket: UInt32
    var weight: Double
  }

  /// Each run once, where it stands first, and none that lies within, or over the edge of, a weightier one.
  func spans(_ parts: [(part: Ngrams.Part, text: PlainText, factor: Double)]) -> [Classification.Span] {
    var finds: [Find] = []
    for (part, text, factor) in parts { collect(part, text, factor, into: &finds) }
    var spans: [(find: Find, span: Classification.Span)] = []
    // Equal weights: the title first, then the earlier, then the longer.
    while spans.count < Self.most, let best = Self.heaviest(finds) {
      let find = finds.remove(at: best)
      let covers = spans.contains { other, _ in
        other.part == find.part && other.start < find.start + find.length && find.start < other.start + other.length
      }
      if covers { continue }
      guard let text = parts.first(where: { $0.part == find.part })?.text else { continue }
      let start = Int(text.offsets[find.start])
      let end = Int(text.offsets[find.start + find.length - 1]) + 1
      spans.append((find, Classification.Span(field: find.part == .title ? .title : .text, start: start, end: end)))
    }
    return spans.map(\.span)
  }

  private static func heaviest(_ finds: [Find]) -> Int? {
    var best: Int?
    for index in finds.indices {
      guard let held = best else {
        best = index
        continue
      }
      if finds[index].weight > finds[held].weight { best = index }
    }
    return best
  }

  /// The candidates of one part: more than are wanted, for those that overlap.
  private func collect(_ part: Ngrams.Part, _ text: PlainText, _ factor: Double, into finds: inout [Find]) {
    let lanes = file.header.lanes
    let weights = file.weights
    var kept: [Find] = []
    var counts: [UInt32: UInt32] = [:]
    text.characters.withUnsafeBufferPointer { characters in
      Ngrams(part, bits: file.header.bits).forEach(in: characters) { bucket, start, length in
        let slot = weights + Int(bucket) &* lanes
        let gain = Int(slot[first]) - Int(slot[second])
        guard gain > 0, slot[0] != 0 else { return }
        if let seen = counts[bucket] {
          counts[bucket] = seen + 1
          return
        }
        counts[bucket] = 1
        // A run of one character that is no Chinese one, or with a space at its edge, explains nothing.
        guard characters[start] > 0x20, characters[start + length - 1] > 0x20,
          length > 1 || characters[start] >= 0x3400
        else { return }
        kept.append(Find(part: part, start: start, length: length, bucket: bucket, weight: Double(gain)))
      }
    }
    for index in kept.indices {
      kept[index].weight *= Double(Features.frequency(counts[kept[index].bucket] ?? 1)) * factor
    }
    kept.sort { ($1.weight, $0.start, $1.length) < ($0.weight, $1.start, $0.length) }
    finds += kept.prefix(Self.most * 8)
  }
}
