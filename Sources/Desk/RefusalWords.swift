import WebPages

/// What `track` says when it refuses a command, for the clerk who gave it.
enum RefusalWords {
  /// Chinese for what is known, with numbers and names as they are; anything else stays as it was said.
  static func text(_ reason: String, in language: Language) -> String {
    guard language == .chinese else { return reason }
    for (pattern, chinese) in table {
      if let values = match(reason, pattern) { return Phrase.fill(chinese, values) }
    }
    return reason
  }

  /// What stands in `text` for each `*` of the pattern; `nil` if it isn't of that pattern.
  private static func match(_ text: String, _ pattern: String) -> [String]? {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    var values: [String] = []
    var rest = text[...]
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return nil }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        guard rest.hasSuffix(part) else { return nil }
        values.append(String(rest.dropLast(part.count)))
        rest = ""
      } else {
        guard let found = rest.firstRange(of: part) else { return nil }
        values.append(String(rest[..<found.lowerBound]))
        rest = rest[found.upperBound...]
      }
    }
    return rest.isEmpty ? values : nil
  }

  private static let table: [(pattern: String, chinese: String)] = [
    // Where it stands.
    ("somebody has signed for it", "已经有人签收"),
    ("nobody has signed for it yet", "还没有人签收"),
    ("it is paused", "正在暂停计时"),
    ("it is handled together with another case", "已经与其他办件并案办理"),
    ("it has not been answered yet", "还没有答复"),
    ("it has been answered", "已经答复"),
    ("it is closed", "已经办结"),
    ("it is open", "还在办理中"),
    ("it is not paused", "没有暂停计时"),
    ("it is not handled together with another case", "没有并案办理"),
    ("it is not closed", "还没有办结"),
    // Who asks.
    ("only the pipeline itself may, and this is *", "只能由系统自动进行"),
    ("only the citizen may, and this is *", "只能由群众本人进行"),
    ("only the one it is offered to may, and this is *", "只能由待签收的承办方进行"),
    ("only its owner may, and this is *", "只能由承办方进行"),
    ("only its owner, the station above or a supervisor may, and this is *", "只能由承办方、督办的联络站或督办机关进行"),
    ("only the station above or a supervisor may, and this is *", "只能由督办的联络站或督办机关进行"),
    ("only a station that has it, the station above or a supervisor may, and this is *", "只能由承办的联络站、督办的联络站或督办机关进行"),
    ("only the citizen, the station above or a supervisor may, and this is *", "只能由群众本人、督办的联络站或督办机关进行"),
    ("only a supervisor may, and this is *", "只能由督办机关进行"),
    ("it does not say in which capacity it is given", "没有说明以什么身份办理"),
    ("only a station or those above may have it taken to a higher congress", "只有联络站或上级可以请求带往上级人大"),
    // When.
    ("its time is more than 5 minutes later than its arrival", "提交的时间比实际时间晚 5 分钟以上，请核对时钟"),
    ("its time is before the case was received", "提交的时间早于收到意见的时间"),
    ("its time is before the case was taken up again", "提交的时间早于重办的时间"),
    ("its time is before what has moved its deadline since", "提交的时间早于最近一次期限变动"),
    ("its deadline has passed", "已经超过办理期限"),
    ("the policy knows no extension", "办理规则不允许延期"),
    ("it has been extended * times, as often as may be", "已经延期 %1 次，不能再延"),
    ("it may take until * at the longest, * from its receipt", "最长只能到 %1（自收到起 %2）"),
    ("* working days are more than the * that the policy allows", "%1 个工作日超过了规则允许的 %2 个"),
    ("an extension has been asked for and is not decided", "已经申请延期，正在等待审批"),
    ("nobody has asked for an extension, and none is named", "没有延期申请，也没有填写天数"),
    ("nobody has asked for an extension", "没有延期申请"),
    ("the policy knows no pause", "办理规则不允许暂停计时"),
    ("it has stood still as long as the policy allows", "暂停计时已经用满规则允许的时间"),
    // Who acts.
    ("another owner is being looked for", "正在安排其他承办方"),
    ("* has it", "已经在该承办方名下"),
    ("its owner can't be a helper, too", "承办方不能同时协办"),
    ("it is offered to nobody", "没有待签收的承办方"),
    ("it answers what is no longer asked", "所依据的请求已经失效"),
    ("it is a key supervision", "已经列为重点督办"),
    ("it is already to be a key supervision", "已经申请列为重点督办"),
    ("nobody has asked for a key supervision", "没有人申请重点督办"),
    ("the year's * key supervisions have been given out", "今年的 %1 件重点督办名额已经用完"),
    ("it is a formal suggestion already", "已经列为代表建议"),
    // Other cases, and the end.
    ("it can't be handled together with itself", "不能与它自己并案"),
    ("other cases are handled together with it: it leads, and can't follow", "已有其他办件并入本件，不能再并入别的办件"),
    ("it is not handled together with that case", "没有与那件办件并案"),
    ("it is itself handled together with another case", "对方已经并入其他办件"),
    ("it has been answered already", "对方已经答复"),
    ("* cases are handled together with it, as many as may be", "已有 %1 件并入，达到上限"),
    ("its latest reply has been rated", "最近的答复已经评价过"),
    ("its answer is still on its way to the citizen", "答复还没有送达群众"),
    ("it has been reopened * times, as often as may be", "已经重办 %1 次，不能再重办"),
    ("the citizen has been forgotten already", "个人信息已经删除"),
    ("the citizen has been forgotten", "个人信息已经删除"),
  ]
}
