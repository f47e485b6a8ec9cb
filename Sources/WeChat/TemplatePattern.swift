/// What stands in one field of a message by template, such as `{number}号意见`.
package struct TemplatePattern: Hashable, Sendable {
  package enum Placeholder: String, Hashable, Sendable, CaseIterable {
    /// By which people call the case.
    case number
    /// Who answered.
    case by
    /// The last day for the answer.
    case due
    /// When that happened which is told.
    case time
    /// The address of the case's page.
    case link
    /// The message itself.
    case text
  }

  package struct Fault: Error, Hashable, Sendable {
    package let reason: String
  }

  private enum Piece: Hashable, Sendable {
    case text(String)
    case value(Placeholder)
  }

  private let pieces: [Piece]

  /// - Parameter allowed: what has a value there.
  package init(_ text: String, allowed: Set<Placeholder> = Set(Placeholder.allCases)) throws(Fault) {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
        throw Fault(reason: "has a brace without its other half")
      }
      let name = rest[rest.index(after: brace)..<end]
      guard let placeholder = Placeholder(rawValue: String(name)) else {
        throw Fault(reason: "has the unknown placeholder {\(name)}")
      }
      guard allowed.contains(placeholder) else { throw Fault(reason: "can't say {\(name)}, which has no value there") }
      if brace > rest.startIndex { pieces.append(.text(String(rest[..<brace]))) }
      pieces.append(.value(placeholder))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    if pieces.isEmpty { throw Fault(reason: "says nothing") }
    self.pieces = pieces
  }

  /// `nil` where one of its placeholders has no value.
  package func text(_ value: (Placeholder) -> String?) -> String? {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let words): text += words
      case .value(let placeholder):
        guard let words = value(placeholder) else { return nil }
        text += words
      }
    }
    return text
  }
}
