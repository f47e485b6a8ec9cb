import FoundationEssentials

/// What is kept of a text to tell how alike it and another are: MinHash over the runs of three characters of its matter.
///
/// Each of ``size`` hash functions keeps the least value over all runs, of which 16 bits are stored. Two sketches agree in
/// about as many values as the texts have runs in common (Jaccard: shared runs by all runs), give or take four hundredths.
/// The functions are fixed: the same text gets the same sketch, on every machine.
package struct Sketch: Hashable, Sendable {
  /// One more with each change to the matter's form or to the functions: sketches of two versions can't be compared.
  package static let version = 1
  package static let size = 128
  /// A text of fewer runs says too little to be told from others.
  package static let minimumRuns = 8
  /// Two sketches that agree in all values of a band are compared.
  package static let bands = 16
  static let rows = 2

  private let values: [UInt16]

  /// `nil` for a text with too little to say.
  package init?(title: String?, text: String) {
    let scalars = MatterText(title: title, text: text).scalars
    guard scalars.count >= Self.minimumRuns + 2 else { return nil }
    var least = [UInt64](repeating: .max, count: Self.size)
    let seeds = Self.seeds
    for index in 0..<scalars.count - 2 {
      // A scalar has 21 bits at most, so that different runs are different numbers.
      let run = UInt64(scalars[index]) << 42 | UInt64(scalars[index + 1]) << 21 | UInt64(scalars[index + 2])
      for function in 0..<Self.size {
        let value = Self.mixed(run ^ seeds[function])
        if value < least[function] { least[function] = value }
      }
    }
    values = least.map { UInt16(truncatingIfNeeded: $0) }
  }

  /// 0 … 1, in hundredths; the same both ways.
  package func similarity(to other: Sketch) -> Double {
    var agreeing = 0
    for index in 0..<Self.size where values[index] == other.values[index] { agreeing += 1 }
    return (Double(agreeing) * 100 / Double(Self.size)).rounded() / 100
  }

  /// What two sketches share that agree in that band, and hardly any others.
  func band(_ index: Int) -> UInt32 {
    UInt32(values[index * Self.rows]) << 16 | UInt32(values[index * Self.rows + 1])
  }

  /// The first band that both agree in.
  func firstBand(sharedWith other: Sketch) -> Int? {
    (0..<Self.bands).first { band($0) == other.band($0) }
  }

  // MARK: In bytes

  /// Its values in order, each with its low byte first.
  var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 2 * Self.size) { buffer, count in
      for (index, value) in values.enumerated() {
        buffer[2 * index] = UInt8(truncatingIfNeeded: value)
        buffer[2 * index + 1] = UInt8(truncatingIfNeeded: value >> 8)
      }
      count = 2 * values.count
    }
  }

  /// `nil` for any other number of bytes.
  init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count == 2 * Self.size else { return nil }
    values = Self.values(Array(bytes))
  }

  private static func values(_ bytes: [UInt8]) -> [UInt16] {
    (0..<size).map { UInt16(bytes[2 * $0]) | UInt16(bytes[2 * $0 + 1]) << 8 }
  }

  // MARK: Hash functions

  private static let seeds: [UInt64] = {
    var state: UInt64 = 0x6875_6979_696e_0001
    return (0..<size).map { _ in
      state &+= 0x9e37_79b9_7f4a_7c15
      return mixed(state)
    }
  }()

  /// The finaliser of SplitMix64: every bit of the result depends on every bit of the number.
  @inline(__always)
  private static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// ``bytes`` in base64.
extension Sketch: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let data = Data(base64Encoded: try container.decode(String.self)), data.count == 2 * Self.size else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a sketch")
    }
    values = Self.values([UInt8](data))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Data(bytes).base64EncodedString())
  }
}
