import Classification
import Liblinear

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much each feature matters before anything is trained: the rarer, and the more unevenly it is spread over the
/// categories, the more.
struct Weighting {
  /// For each bucket its weight as the model's file holds it, 0 for those that fewer than two opinions have.
  let weights: [Int16]
  /// A weight of 1 stands for this much.
  let unit: Double
  /// For each bucket the feature's number, -1 for none; numbers rise with the buckets.
  let numbers: [Int32]
  /// For each feature its bucket.
  let buckets: [UInt32]

  /// - Parameter members: the opinions to learn from.
  init(_ corpus: Corpus, members: [Int]) {
    let classes = corpus.categories.count
    let size = 1 << corpus.bits
    var counts = [Int32](repeating: 0, count: size * classes)
    var sizes = [Double](repeating: 0, count: classes)
    counts.withUnsafeMutableBufferPointer { counts in
      for member in members {
        let label = corpus.labels[member]
        sizes[label] += 1
        for part in [corpus.features[member].title, corpus.features[member].text] {
          part.buckets.withUnsafeBufferPointer { buckets in
            for index in buckets.indices { counts[Int(buckets[index]) * classes + label] += 1 }
          }
        }
      }
    }
    let all = Double(members.count)
    var values: [Double] = []
    var buckets: [UInt32] = []
    var numbers = [Int32](repeating: -1, count: size)
    counts.withUnsafeBufferPointer { counts in
      for bucket in 0..<size {
        var sum: Int32 = 0
        for label in 0..<classes { sum += counts[bucket * classes + label] }
        guard sum >= 2 else { continue }
        var widest = 0.0
        for label in 0..<classes {
          let own = Double(counts[bucket * classes + label])
          let odds = ((own + 1) / (sizes[label] + 1)) / ((Double(sum) - own + 1) / (all - sizes[label] + 1))
          widest = max(widest, abs(log(odds)))
        }
        numbers[bucket] = Int32(buckets.count)
        buckets.append(UInt32(bucket))
        values.append((log((1 + all) / (1 + Double(sum))) + 1) * widest)
      }
    }
    let largest = max(values.max() ?? 1, 1e-9)
    let unit = largest / 32767
    var weights = [Int16](repeating: 0, count: size)
    for (bucket, value) in zip(buckets, values) { weights[Int(bucket)] = Int16(max(1, min(32767, value / unit + 0.5))) }
    self.weights = weights
    self.unit = unit
    self.numbers = numbers
    self.buckets = buckets
  }

  /// An opinion for the trainer, and what share of its features is known, in thousandths.
  func row(_ features: Features, titleWeight: Double) -> (row: SparseRow, known: Int) {
    var entries: [(number: Int32, value: Float)] = []
    entries.reserveCapacity(features.title.buckets.count + features.text.buckets.count)
    var total = 0
    var known = 0
    for (part, partWeight) in [(features.title, titleWeight), (features.text, 1)] {
      let start = entries.count
      var square = 0.0
      part.buckets.withUnsafeBufferPointer { buckets in
        part.counts.withUnsafeBufferPointer { counts in
          for index in buckets.indices {
            total += Int(counts[index])
            let number = numbers[Int(buckets[index])]
            guard number >= 0 else { continue }
            known += Int(counts[index])
            let value = Double(Features.frequency(counts[index])) * Double(weights[Int(buckets[index])])
            square += value * value
            entries.append((number, Float(value)))
          }
        }
      }
      let factor = square == 0 ? 0 : Float(partWeight / square.squareRoot())
      for index in start..<entries.count { entries[index].value *= factor }
    }
    entries.sort { $0.number < $1.number }
    var row = SparseRow(features: [], values: [])
    row.features.reserveCapacity(entries.count)
    row.values.reserveCapacity(entries.count)
    for entry in entries {
      // A run of the title and one of the text that share a bucket.
      if row.features.last == entry.number {
        row.values[row.values.count - 1] += entry.value
      } else {
        row.features.append(entry.number)
        row.values.append(entry.value)
      }
    }
    return (row, total == 0 ? 0 : known * 1000 / total)
  }
}
