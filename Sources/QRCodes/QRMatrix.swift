import CQREncode

/// A text as a QR code (ISO/IEC 18004) of error correction level H, which can be read with 30 % of it gone: boards hang
/// outside for years.
///
/// Made by libqrencode, which picks the smallest size and, piece by piece, the densest of numeric, alphanumeric and byte
/// mode. May be made on any thread.
package struct QRMatrix: Hashable, Sendable {
  /// Why a text can't be a code.
  package enum Unfit: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    /// U+0000 ends a text for libqrencode.
    case hasNull
    /// The largest code holds 1,273 bytes, or 1,852 characters of `0–9 A–Z $ % * + - . / :` and space.
    case tooLong(bytes: Int)
    case outOfMemory

    package var description: String {
      switch self {
      case .empty: "an empty text can't be a code"
      case .hasNull: "a text with U+0000 can't be a code"
      case .tooLong(let bytes): "a text of \(bytes) bytes is too long for a code"
      case .outOfMemory: "there is no memory for a code"
      }
    }
  }

  /// Modules that must stay light around a code, on each side.
  package static let quietZone = 4

  /// Modules on each side, without the quiet zone: 21 to 177.
  package let side: Int
  private let modules: [Bool]

  package init(_ text: String) throws(Unfit) {
    guard !text.isEmpty else { throw .empty }
    guard !text.utf8.contains(0) else { throw .hasNull }
    var reason: Int32 = 0
    guard let code = cqrencode_encode(text, QR_ECLEVEL_H, &reason) else {
      throw reason == ERANGE ? .tooLong(bytes: text.utf8.count) : .outOfMemory
    }
    defer { QRcode_free(code) }
    side = Int(code.pointee.width)
    // The lowest bit of a module is its colour; the others say what it is there for.
    modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
  }

  /// Whether a module is dark. Outside of the code all are light.
  package subscript(row: Int, column: Int) -> Bool {
    guard (0..<side).contains(row), (0..<side).contains(column) else { return false }
    return modules[row * side + column]
  }
}
