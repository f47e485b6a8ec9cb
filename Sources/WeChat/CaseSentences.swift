package import Cases
import Time

/// The state of a citizen's cases, in words that fit into one passive reply.
package enum CaseSentences {
  /// The most that a text reply should be, in bytes of UTF-8: the peer's own limit is 2,048.
  static let maximumSize = 2000
  package static let listed = 5

  package static let none = "还没有查到您登记的意见。请直接把意见发过来，说完了回复“完”；刚提交的要过一会儿才查得到。"
  /// Somebody else's number gets the same answer as one that doesn't exist.
  package static let unknown = "没有查到您名下有这个编号。请核对后再发；回复“查”可以看您自己的办件。"
  package static let notNow = "现在暂时查不到办理情况，您的意见不受影响。请过几分钟再回复“查”，或者打开登记时收到的链接查看。"

  private static let howToRate = "对答复，请回复“满意”“基本满意”或“不满意”。"

  /// - Parameter cases: newest first, at most ``listed``.
  package static func list(_ cases: [CitizenCase]) -> String {
    guard !cases.isEmpty else { return none }
    var lines = ["您最近的\(cases.count)件："]
    for one in cases {
      var line = "\(one.id)（\(day(TimeOffset.shanghai.date(of: one.received.instant)))登记）\(state(one))"
      if let reply = one.reply, one.phase != .open { line += "：" + clipped(reply, to: 120) }
      lines.append(line)
    }
    lines.append("回复编号看详情。" + (cases.contains(where: awaitsRating) ? howToRate : ""))
    return clipped(lines.joined(separator: "\n"), to: maximumSize)
  }

  package static func detail(_ one: CitizenCase) -> String {
    var lines = ["编号 \(one.id)", "\(day(TimeOffset.shanghai.date(of: one.received.instant)))登记"]
    if let category = one.category { lines.append("类别：\(clipped(category, to: 90))") }
    if let owner = one.owner { lines.append("承办：\(clipped(owner, to: 180))") }
    lines.append(state(one))
    if let reply = one.reply, one.phase != .open { lines.append("答复：" + clipped(reply, to: 900)) }
    lines.append(one.page)
    if awaitsRating(one) { lines.append(howToRate) }
    return clipped(lines.joined(separator: "\n"), to: maximumSize)
  }

  static func awaitsRating(_ one: CitizenCase) -> Bool { isAnswered(one) && !one.rated }

  static func isAnswered(_ one: CitizenCase) -> Bool { one.phase != .open && one.reply != nil }

  private static func state(_ one: CitizenCase) -> String {
    switch one.phase {
    case .open where one.overdue: "已过答复期限（\(day(one.due))），还没有答复"
    case .open: "办理中，\(day(one.due))前答复"
    case .replied: "已答复"
    case .closed: one.reply == nil ? "已办结" : "已答复，已办结"
    }
  }

  private static func day(_ date: CalendarDate) -> String {
    let (_, month, day) = date.yearMonthDay
    return "\(month)月\(day)日"
  }

  /// Cut between characters, so that it fits with the … that then ends it.
  static func clipped(_ text: String, to size: Int) -> String {
    guard text.utf8.count > size else { return text }
    var clipped = ""
    var left = size - "…".utf8.count
    for character in text {
      left -= character.utf8.count
      guard left >= 0 else { break }
      clipped.append(character)
    }
    return clipped + "…"
  }
}
