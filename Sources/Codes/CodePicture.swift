package import Cases
package import QRCodes

/// A code as something to print or to show.
package struct CodePicture: Sendable {
  package enum Format: String, Hashable, Sendable, CaseIterable {
    case svg, png
    case boardA6 = "board-a6"
    case boardA4 = "board-a4"

    /// How the name of such a file ends.
    package var ending: String {
      switch self {
      case .svg: ".svg"
      case .png: ".png"
      case .boardA6: ".a6.html"
      case .boardA4: ".a4.html"
      }
    }
  }

  package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    case unfit(QRMatrix.Unfit)
    /// A board needs the holder's name.
    case unknownHolder(kind: Scan.Kind, id: String)

    package var description: String {
      switch self {
      case .unfit(let reason): "the address can't be a code: \(reason)"
      case .unknownHolder(.deputy, let id): "the directory has no deputy \(id)"
      case .unknownHolder(_, let id): "the directory has no station \(id)"
      }
    }
  }

  private let base: String
  private let keys: CodeKeys
  private let directory: Directory
  private let scale: Int

  /// - Parameters:
  ///   - base: where citizens reach the pages, such as `https://example.org`.
  ///   - scale: pixels of a module in a PNG, one of ``QRMatrix/scales``.
  package init(base: String, keys: CodeKeys, directory: Directory, scale: Int = 8) {
    self.base = base
    self.keys = keys
    self.directory = directory
    self.scale = scale
  }

  /// What the picture says.
  package func address(of code: Code) -> String { keys.token(code.kind, code.id).address(under: base) }

  /// The bytes of a file. May be called on many threads at once.
  package func draw(_ code: Code, as format: Format) throws(Failure) -> [UInt8] {
    let matrix: QRMatrix
    do {
      matrix = try QRMatrix(address(of: code))
    } catch {
      throw .unfit(error)
    }
    switch format {
    case .svg: return Array(matrix.svg.utf8)
    case .png: return matrix.png(scale: scale)
    case .boardA6: return try board(code, matrix, .a6)
    case .boardA4: return try board(code, matrix, .a4)
    }
  }

  private func board(_ code: Code, _ matrix: QRMatrix, _ paper: CodeBoard.Paper) throws(Failure) -> [UInt8] {
    guard let board = CodeBoard(code, in: directory) else { throw .unknownHolder(kind: code.kind, id: code.holder) }
    return Array(board.page(matrix, on: paper).utf8)
  }
}
