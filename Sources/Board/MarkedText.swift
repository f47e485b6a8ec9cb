import Cases

/// A text with the words in it that decided something.
struct MarkedText {
  struct Piece: Hashable {
    let text: String
    let isMarked: Bool
  }

  let pieces: [Piece]

  /// - Parameter spans: in Unicode scalars of this text, in any order; what of them lies outside it is left out.
  init(_ text: String, _ spans: [Classification.Span] = []) {
    let scalars = Array(text.unicodeScalars)
    // Where marks begin and end: a place within several spans is marked once.
    var changes: [Int: Int] = [:]
    for span in spans {
      let start = min(max(span.start, 0), scalars.count)
      let end = min(max(span.end, start), scalars.count)
      changes[start, default: 0] += 1
      changes[end, default: 0] -= 1
    }
    var pieces: [Piece] = []
    var (start, depth) = (0, 0)
    for place in changes.keys.sorted() + [scalars.count] {
      if place > start {
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: scalars[start..<place])
        let isMarked = depth > 0
        if let last = pieces.last, last.isMarked == isMarked {
          pieces[pieces.count - 1] = Piece(text: last.text + String(piece), isMarked: isMarked)
        } else {
          pieces.append(Piece(text: String(piece), isMarked: isMarked))
        }
        start = place
      }
      depth += changes[place] ?? 0
    }
    self.pieces = pieces
  }
}
