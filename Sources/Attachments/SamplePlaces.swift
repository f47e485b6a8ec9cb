/// Where in the file a track's samples are, chunk by chunk, from the tables `stco`/`co64`, `stsc` and `stsz`
/// (ISO/IEC 14496-12, 8.7).
struct SamplePlaces {
  let ranges: [Range<Int>]

  /// Nil where a table is missing or broken. Costs no more than the tables are long.
  init?(_ tables: [BoxFile.Box], of file: BoxFile) {
    let bytes = file.bytes
    func table(_ type: String) -> Range<Int>? { tables.first { $0.type == type }?.data }
    func entries(_ data: Range<Int>, from offset: Int, size: Int) -> Int? {
      guard let count = bytes.bigEndian(4, at: data.lowerBound + offset), count <= data.count / size,
        data.lowerBound + offset + 4 + count * size <= data.upperBound
      else { return nil }
      return count
    }
    let offsetSize = table("stco") == nil ? 8 : 4
    guard let chunks = table("stco") ?? table("co64"), let chunkCount = entries(chunks, from: 4, size: offsetSize),
      let runs = table("stsc"), let runCount = entries(runs, from: 4, size: 12), let sizes = table("stsz"),
      let oneSize = bytes.bigEndian(4, at: sizes.lowerBound + 4),
      let sampleCount = oneSize == 0
        ? entries(sizes, from: 8, size: 4) : bytes.bigEndian(4, at: sizes.lowerBound + 8)
    else { return nil }
    var ranges: [Range<Int>] = []
    var sample = 0
    var run = -1
    for chunk in 0..<chunkCount {
      while run + 1 < runCount, let first = bytes.bigEndian(4, at: runs.lowerBound + 8 + (run + 1) * 12),
        first <= chunk + 1
      { run += 1 }
      guard run >= 0, let perChunk = bytes.bigEndian(4, at: runs.lowerBound + 12 + run * 12),
        let start = bytes.bigEndian(offsetSize, at: chunks.lowerBound + 8 + chunk * offsetSize)
      else { return nil }
      let count = min(perChunk, sampleCount - sample)
      var length = 0
      if oneSize > 0 {
        let (product, isTooLarge) = count.multipliedReportingOverflow(by: oneSize)
        guard !isTooLarge else { return nil }
        length = product
      } else {
        for index in sample..<sample + count {
          guard let size = bytes.bigEndian(4, at: sizes.lowerBound + 12 + index * 4) else { return nil }
          length += size
        }
      }
      sample += count
      guard start <= bytes.count, length <= bytes.count - start else { return nil }
      ranges.append(start..<start + length)
    }
    self.ranges = ranges
  }
}
