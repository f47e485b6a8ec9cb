import Foundation

/// Inputs that are nearly right: samples with bytes changed, pieces cut out, doubled, exchanged and put in.
package struct Mutator {
  private let samples: [[UInt8]]
  private let pieces: [[UInt8]]
  private var chance: SeededGenerator

  /// - Parameter pieces: what means something in the samples' language.
  package init(_ samples: [String], pieces: [String], seed: UInt64) {
    self.samples = samples.map { Array($0.utf8) }
    self.pieces = pieces.map { Array($0.utf8) }
    chance = SeededGenerator(seed: seed)
  }

  /// How many inputs a test makes: `HUIYIN_TEST_FUZZ`, else a number that takes a few seconds.
  package static func count(usually usual: Int) -> Int {
    ProcessInfo.processInfo.environment["HUIYIN_TEST_FUZZ"].flatMap(Int.init) ?? usual
  }

  package mutating func next() -> [UInt8] {
    var bytes = samples[Int.random(in: samples.indices, using: &chance)]
    for _ in 0..<Int.random(in: 1...4, using: &chance) { mutate(&bytes) }
    return bytes
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let start = Int.random(in: 0...bytes.count, using: &chance)
    let end = min(bytes.count, start + Int.random(in: 0...8, using: &chance))
    switch Int.random(in: 0..<6, using: &chance) {
    case 0:
      bytes.replaceSubrange(start..<end, with: (start..<end).map { _ in UInt8.random(in: 0...255, using: &chance) })
    case 1: bytes.removeSubrange(start..<end)
    case 2: bytes.insert(contentsOf: pieces[Int.random(in: pieces.indices, using: &chance)], at: start)
    case 3:
      let piece = Array(bytes[start..<end])
      for _ in 0..<Int.random(in: 1...64, using: &chance) { bytes.insert(contentsOf: piece, at: start) }
    case 4: bytes.removeSubrange(start...)
    default:
      let other = samples[Int.random(in: samples.indices, using: &chance)]
      bytes.replaceSubrange(start..., with: other[min(start, other.count)...])
    }
  }
}
