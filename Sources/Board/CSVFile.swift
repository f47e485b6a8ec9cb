/// A table as RFC 4180 has it, in UTF-8 with the mark at its beginning by which Excel and WPS know it.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front, so that nobody's words are computed.
struct CSVFile {
  private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  mutating func add(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      add(cell)
    }
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }

  private mutating func add(_ cell: String) {
    let quote = UInt8(ascii: "\"")
    let isFormula = cell.unicodeScalars.first.map { Self.formulaStarts.contains($0) } ?? false
    let needsQuotes = cell.utf8.contains { byte in
      byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }
    if needsQuotes { bytes.append(quote) }
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in cell.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    if needsQuotes { bytes.append(quote) }
  }

  /// Also in the width of Chinese characters, which some spreadsheets read alike.
  private static let formulaStarts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]
}
