package import Cases

/// What a citizen writes to have something done, rather than to be heard.
package struct CommandWords: Hashable, Sendable {
  package enum Wish: Hashable, Sendable {
    /// It is said: all so far is one opinion.
    case finish
    /// Where do my cases stand?
    case status
    /// Where does this one stand?
    case show(CaseID)
    case rate(CaseCommand.Rate)
    /// None of these: it is (part of) an opinion.
    case say
  }

  package static let defaultFinish = ["完", "完毕", "提交", "结束"]
  package static let defaultStatus = ["查", "查询", "进度"]
  /// The longest that may stand behind 评价 and the word, in characters.
  package static let maximumRemark = 500

  private static let ratings: [String: CaseCommand.Rate.Satisfaction] = [
    "满意": .satisfied, "基本满意": .fair, "不满意": .unsatisfied,
  ]

  private let finish: Set<String>
  private let status: Set<String>

  package init(finish: [String] = defaultFinish, status: [String] = defaultStatus) {
    self.finish = Set(finish.map { Self.bare($0[...]) })
    self.status = Set(status.map { Self.bare($0[...]) })
  }

  /// A word counts only if it is the whole message; marks and blanks around it count for nothing.
  package func wish(of text: String) -> Wish {
    let bare = Self.bare(text[...])
    if finish.contains(bare) { return .finish }
    if status.contains(bare) { return .status }
    if let satisfaction = Self.ratings[bare] { return .rate(CaseCommand.Rate(satisfaction: satisfaction)) }
    if let id = Self.caseID(bare) { return .show(id) }
    if let rate = Self.rating(Self.trimmed(text)) { return .rate(rate) }
    return .say
  }

  /// Without blanks and line ends around it.
  static func trimmed(_ text: some StringProtocol) -> String {
    let begun = text.drop { $0.isWhitespace }
    let end = begun.lastIndex { !$0.isWhitespace }.map { begun.index(after: $0) } ?? begun.startIndex
    return String(begun[..<end])
  }

  /// Such as 评价 不满意：路灯还是不亮. The word must end where a blank or a mark stands.
  private static func rating(_ text: String) -> CaseCommand.Rate? {
    guard text.hasPrefix("评价") else { return nil }
    let rest = text.dropFirst(2).drop(while: isAround)
    let word = rest.prefix { !isAround($0) }
    guard let satisfaction = ratings[String(word)] else { return nil }
    let remark = trimmed(rest[word.endIndex...].drop(while: isAround))
    guard remark.count <= maximumRemark else { return nil }
    return CaseCommand.Rate(satisfaction: satisfaction, text: remark.isEmpty ? nil : remark)
  }

  /// A number as the pipeline gives them: `h` and 26 characters of base32. Telephones like to begin with a capital.
  private static func caseID(_ text: String) -> CaseID? {
    let lowered = text.lowercased()
    guard lowered.utf8.count == 27, lowered.first == "h",
      lowered.utf8.dropFirst().allSatisfy({ byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "2")...UInt8(ascii: "7")).contains(byte)
      })
    else { return nil }
    return CaseID(lowered)
  }

  private static func bare(_ text: Substring) -> String {
    var rest = text.drop(while: isAround)
    while let last = rest.last, isAround(last) { rest.removeLast() }
    return String(rest)
  }

  private static func isAround(_ character: Character) -> Bool {
    character.isWhitespace || marks.contains(character)
  }

  private static let marks: Set<Character> = Set("。．.，,、！!？?：:；;～~“”\"'‘’「」『』（）()【】")
}
