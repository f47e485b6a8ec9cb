/// A text with placeholders such as `{number}`. A line in which one of them has no value is left out.
struct Wording: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case text(String)
    case value(Placeholder)
  }

  struct Fault: Error, Hashable {
    let reason: String
  }

  private let lines: [[Piece]]

  /// - Parameter allowed: what can have a value there.
  init(_ text: String, allowed: Set<Placeholder>) throws(Fault) {
    var lines: [[Piece]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(try Self.pieces(of: line, allowed))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    let isSafe = lines.contains { line in
      line.contains { if case .text(let text) = $0 { text.contains { !$0.isWhitespace } } else { false } }
        && line.allSatisfy { if case .value(let value) = $0 { value.isAlwaysThere } else { true } }
    }
    if !isSafe {
      throw Fault(reason: "has no line that can always be said: one without placeholders but {number} and {reply}")
    }
  }

  private static func pieces(of line: Substring, _ allowed: Set<Placeholder>) throws(Fault) -> [Piece] {
    var pieces: [Piece] = []
    var rest = line
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
        throw Fault(reason: "has a brace without its other half")
      }
      let name = String(rest[rest.index(after: brace)..<end])
      guard let placeholder = Placeholder(rawValue: name) else {
        throw Fault(reason: "has the unknown placeholder {\(name)}")
      }
      guard allowed.contains(placeholder) else { throw Fault(reason: "can't say {\(name)}, which has no value there") }
      if brace > rest.startIndex { pieces.append(.text(String(rest[..<brace]))) }
      pieces.append(.value(placeholder))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  func text(_ value: (Placeholder) -> String?) -> String {
    lines.compactMap { line -> String? in
      var text = ""
      for piece in line {
        switch piece {
        case .text(let words): text += words
        case .value(let placeholder):
          guard let words = value(placeholder), !words.isEmpty else { return nil }
          text += words
        }
      }
      return text
    }.joined(separator: "\n")
  }
}

/// The same in one or two languages.
struct Words: Hashable, Sendable {
  let chinese: Wording
  let english: Wording?

  func wording(english isEnglish: Bool) -> Wording { isEnglish ? english ?? chinese : chinese }
}
