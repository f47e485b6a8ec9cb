/// The runs of digits in a text, and which of them follow each other closely enough to be parts of one number.
struct DigitGroups {
  /// What stands between a run and the next.
  enum Link {
    /// Anything else, or nothing.
    case none
    /// One to three spaces and hyphens.
    case plain
    /// A closing bracket, with or without them, and an opening one before the run: (0731) 8…
    case bracket
  }

  struct Group {
    var range: Range<Int>
    var link: Link
  }

  let text: [UInt32]
  private(set) var groups: [Group] = []

  /// - Parameter text: folded.
  init(_ text: [UInt32]) {
    self.text = text
    var index = 0
    while index < text.count {
      guard Self.isDigit(text[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < text.count, Self.isDigit(text[index]) { index += 1 }
      groups.append(Group(range: start..<index, link: .none))
      if groups.count > 1 { groups[groups.count - 2].link = link(groups[groups.count - 2].range, start) }
    }
  }

  private func link(_ group: Range<Int>, _ next: Int) -> Link {
    let gap = text[group.upperBound..<next]
    guard gap.count <= 3 else { return .none }
    var brackets = 0
    for character in gap {
      switch character {
      case 0x20, 0x2D: break
      case 0x29: brackets += 1
      default: return .none
      }
    }
    if brackets == 0 { return .plain }
    let isOpened = group.lowerBound > 0 && text[group.lowerBound - 1] == 0x28
    return brackets == 1 && isOpened ? .bracket : .none
  }

  /// The digits of some groups in a row, each 0 to 9.
  func digits(_ range: Range<Int>) -> [UInt8] {
    groups[range].flatMap { group in text[group.range].map { UInt8($0 - 0x30) } }
  }

  static func isDigit(_ character: UInt32) -> Bool { (0x30...0x39).contains(character) }
}
