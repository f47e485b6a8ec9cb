import Foundation

/// The lines of a file, read piece by piece.
struct JSONLines: Sequence, IteratorProtocol {
  private let file: FileHandle
  private var rest = Data()
  private var isAtEnd = false

  init(_ file: FileHandle) {
    self.file = file
  }

  mutating func next() -> [UInt8]? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(rest[rest.startIndex..<end])
        rest = rest[rest.index(after: end)...]
        return line
      }
      if isAtEnd {
        guard !rest.isEmpty else { return nil }
        defer { rest = Data() }
        return Array(rest)
      }
      let more = file.readData(ofLength: 1 << 20)
      isAtEnd = more.isEmpty
      rest = rest + more
    }
  }
}
