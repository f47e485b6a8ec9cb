/// What the events of a case, and the ways of answering, are called.
package enum EventWords {
  /// - Parameter word: within the event's type, such as `replied`; one that isn't known is called by itself.
  package static func name(of word: String, in language: Language) -> String {
    switch language {
    case .chinese: chinese[word] ?? word
    case .english: english[word] ?? word
    }
  }

  /// - Parameter word: such as `phone`.
  package static func method(_ word: String, in language: Language) -> String {
    switch language {
    case .chinese: chineseMethods[word] ?? word
    case .english: englishMethods[word] ?? word
    }
  }

  /// - Parameter word: such as `satisfied`.
  package static func satisfaction(_ word: String, in language: Language) -> String {
    switch language {
    case .chinese: chineseSatisfaction[word] ?? word
    case .english: englishSatisfaction[word] ?? word
    }
  }

  private static let chinese = [
    "opened": "登记", "classified": "归类", "assigned": "交办", "reminded": "到期提醒", "overdue": "逾期",
    "overdue-withdrawn": "撤销逾期", "deadline-changed": "期限变更", "replied": "答复", "delivered": "已反馈",
    "undelivered": "未能反馈", "supplemented": "补充意见", "similar-found": "发现相似办件", "rated": "群众评价",
    "refused-command": "未予受理的操作", "closed": "办结", "signed": "签收", "sign-overdue": "逾期未签收", "returned": "退回",
    "transferred": "转办", "co-handled": "协办", "escalated": "提级", "raised": "列为代表建议", "supervised": "督办",
    "supervision-requested": "申请重点督办", "supervision-denied": "未列入重点督办", "reported": "通报",
    "extension-requested": "申请延期", "extended": "延期", "extension-denied": "不予延期", "paused": "暂停计时",
    "resumed": "恢复计时", "refused": "不予受理", "reopened": "重办", "merged": "并案", "unmerged": "撤销并案",
    "joined": "并入办件", "parted": "办件分出", "merge-declined": "未能并案", "review-due": "待回头看", "reviewed": "回头看",
    "erased": "删除个人信息", "disclosed": "查看个人信息",
  ]

  private static let english = [
    "opened": "registered", "classified": "classified", "assigned": "assigned", "reminded": "reminder",
    "overdue": "overdue", "overdue-withdrawn": "overdue withdrawn", "deadline-changed": "deadline changed",
    "replied": "reply", "delivered": "citizen told", "undelivered": "citizen not reached",
    "supplemented": "addition", "similar-found": "similar case found", "rated": "rated by the citizen",
    "refused-command": "command refused", "closed": "closed", "signed": "signed for",
    "sign-overdue": "not signed for in time", "returned": "returned", "transferred": "transferred",
    "co-handled": "helpers named", "escalated": "escalated", "raised": "made a formal suggestion",
    "supervised": "supervised", "supervision-requested": "key supervision asked for",
    "supervision-denied": "no key supervision", "reported": "reported", "extension-requested": "extension asked for",
    "extended": "extended", "extension-denied": "extension denied", "paused": "paused", "resumed": "resumed",
    "refused": "not taken up", "reopened": "taken up again", "merged": "handled with another",
    "unmerged": "handled on its own again", "joined": "another handled with it",
    "parted": "another no longer handled with it", "merge-declined": "another could not be handled with it",
    "review-due": "to be looked at again", "reviewed": "looked at again", "erased": "citizen forgotten",
    "disclosed": "personal data shown",
  ]

  private static let chineseMethods = ["on-the-spot": "当场答复", "phone": "电话", "writing": "书面", "wechat": "微信"]
  private static let englishMethods = [
    "on-the-spot": "on the spot", "phone": "by phone", "writing": "in writing", "wechat": "by WeChat",
  ]

  private static let chineseSatisfaction = ["satisfied": "满意", "fair": "基本满意", "unsatisfied": "不满意"]
  private static let englishSatisfaction = [
    "satisfied": "satisfied", "fair": "fairly satisfied", "unsatisfied": "not satisfied",
  ]
}
