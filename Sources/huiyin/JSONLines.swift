import Foundation

/// The lines of a file, read piece by piece.
struct JSONLines: Sequence, IteratorProtocol {
  private let file: FileHandle
  /// What was read; lines before `place` have been handed out.
  private var bytes: [UInt8] = []
  private var place = 0
  private var isAtEnd = false

  init(_ file: FileHandle) {
    self.file = file
  }

  mutating func next() -> [UInt8]? {
    /// Before it there is no line's end.
    var searched = place
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { place = end + 1 }
        return Array(bytes[place..<end])
      }
      if isAtEnd {
        guard place < bytes.count else { return nil }
        defer { place = bytes.count }
        return Array(bytes[place...])
      }
      let more = file.readData(ofLength: 1 << 20)
      isAtEnd = more.isEmpty
      bytes.removeFirst(place)
      place = 0
      searched = bytes.count
      bytes += more
    }
  }
}
