import Cases

/// The forms of a case, in the order in which they are shown; each sends one command. The word is that of its address.
enum DeskForm: String, CaseIterable, Sendable {
  case sign
  case answer = "answer-on-the-spot"
  case reply
  case transfer
  case `return` = "return"
  case requestExtension = "request-extension"
  case extend
  case denyExtension = "deny-extension"
  case coHandle = "co-handle"
  case correctCategory = "correct-category"
  case escalate
  case pause, resume, raise, merge, unmerge, assign, supervise, refuse, close, review, reopen, erase, disclose

  var kind: CaseCommand.Kind {
    switch self {
    case .sign: .sign
    case .answer, .reply: .reply
    case .transfer: .transfer
    case .return: .return
    case .requestExtension: .requestExtension
    case .extend: .extend
    case .denyExtension: .denyExtension
    case .coHandle: .coHandle
    case .correctCategory: .correctCategory
    case .escalate: .escalate
    case .pause: .pause
    case .resume: .resume
    case .raise: .raise
    case .merge: .merge
    case .unmerge: .unmerge
    case .assign: .assign
    case .supervise: .supervise
    case .refuse: .refuse
    case .close: .close
    case .review: .review
    case .reopen: .reopen
    case .erase: .erase
    case .disclose: .disclose
    }
  }

  var title: Phrase {
    switch self {
    case .sign: Phrase("签收", "Sign for it")
    case .answer: Phrase("当场答复", "Answer on the spot")
    case .reply: Phrase("答复", "Reply")
    case .transfer: Phrase("转办", "Transfer")
    case .return: Phrase("退回", "Return")
    case .requestExtension: Phrase("申请延期", "Ask for more time")
    case .extend: Phrase("同意延期", "Extend")
    case .denyExtension: Phrase("不同意延期", "Deny the extension")
    case .coHandle: Phrase("请求协办", "Name helpers")
    case .correctCategory: Phrase("更正类别", "Correct the category")
    case .escalate: Phrase("提级办理", "Escalate")
    case .pause: Phrase("暂停计时", "Pause")
    case .resume: Phrase("恢复计时", "Resume")
    case .raise: Phrase("列为代表建议", "Make it a formal suggestion")
    case .merge: Phrase("并案", "Handle together with another")
    case .unmerge: Phrase("撤销并案", "Handle on its own again")
    case .assign: Phrase("交办", "Assign")
    case .supervise: Phrase("重点督办", "Key supervision")
    case .refuse: Phrase("不予受理", "Don't take it up")
    case .close: Phrase("办结", "Close")
    case .review: Phrase("回头看", "Look again")
    case .reopen: Phrase("重办", "Take up again")
    case .erase: Phrase("删除个人信息", "Forget the citizen")
    case .disclose: Phrase("查看个人信息", "Show personal data")
    }
  }

  /// What follows from it, where the title doesn't say.
  var note: Phrase? {
    switch self {
    case .sign: Phrase("签收后由您负责答复。", "From then on you answer for it.")
    case .answer: Phrase("已经当面答复群众的，在这里记录。", "For what you have told the citizen in person.")
    case .reply: Phrase("群众会看到这份答复，请勿写入他人的个人信息。", "The citizen reads this. Don't name other people's data.")
    case .return:
      Phrase("不属于您的职责时退回；下一承办方签收前仍由您负责。", "For what isn't yours. You answer for it until the next one signs.")
    case .transfer: Phrase("对方签收前仍由您负责。", "You answer for it until they sign.")
    case .refuse: Phrase("理由就是给群众的答复。", "The reason is what the citizen reads.")
    case .raise: Phrase("按代表建议的法定期限重新计算。", "The law's own terms apply from then on.")
    case .erase: Phrase("意见内容和联系方式将不再显示，不能恢复。", "What they wrote and who they are is gone for good.")
    case .disclose: Phrase("每次查看都会记入办理过程。", "Every look is on record.")
    default: nil
    }
  }

  /// Whether files go with it.
  var takesFiles: Bool { self == .answer || self == .reply }

  /// The forms of these commands.
  static func all(of kinds: [CaseCommand.Kind]) -> [DeskForm] {
    allCases.filter { kinds.contains($0.kind) }
  }

  /// Whether the case as it stands gives it anything to do; track would refuse it otherwise.
  func makesSense(for summary: CaseSummary) -> Bool {
    switch self {
    case .denyExtension: summary.extensionRequested != nil
    case .raise: !summary.isSuggestion
    case .erase, .disclose: !summary.isErased
    case .supervise: summary.keySupervision == nil
    default: true
    }
  }
}
