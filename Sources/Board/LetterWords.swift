import Cases
import Streams
import WebPages

/// What the pages of the dead letters say, in one language.
struct LetterWords: Sendable {
  let title, one, intro, none, waiting, next, first: String
  let letter, stage, reason, failed, retries, parked, parkedNote, status, arrived, place, caseLabel, key: String
  let headers, header, value, size, digest, noValue, unreadHeader, isKept, kind: String
  let retry, drop, retryAsk, dropAsk, retryNote, dropNote, confirm, cancel, back: String
  let retried, dropped, retryHandedOn, dropHandedOn, refused, settledBefore, gone, onlyDrop, wait: String
  private let statuses: [DeadLetter.Status: String]

  func name(of status: DeadLetter.Status) -> String { statuses[status] ?? status.rawValue }

  func waiting(_ count: Int) -> String { waiting.replacing("{1}", with: "\(count)") }

  func result(_ outcome: DeadLetterOffice.Outcome, of verb: DeadLetterOffice.Verb) -> String {
    switch (outcome, verb) {
    case (.settled, .retry): retried
    case (.settled, .drop): dropped
    case (.handedOn, .retry): retryHandedOn
    case (.handedOn, .drop): dropHandedOn
    case (.refused, _): refused
    case (.settledBefore, _): settledBefore
    }
  }

  static func of(_ language: Language) -> LetterWords {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  private static let chinese = LetterWords(
    title: "异常记录", one: "异常记录", intro: "这些记录没能读懂或没能处理，等您决定：重试，或者放弃。", none: "没有等待处置的异常记录。", waiting: "等待处置：{1} 条",
    next: "下一页", first: "回到第一页", letter: "记录", stage: "环节", reason: "原因", failed: "出错时间", retries: "已重试",
    parked: "同一办件",
    parkedNote: "后续记录在等它", status: "状态", arrived: "到达时间", place: "来处", caseLabel: "办件", key: "键", headers: "记录头",
    header: "名称", value: "内容", size: "字节", digest: "摘要 SHA-256", noValue: "空", unreadHeader: "（不显示）",
    isKept: "内容可能含个人信息，这里不显示；需要时由运维人员用 huiyin dead-letters show --value 查看。", kind: "类型", retry: "重试", drop: "放弃",
    retryAsk: "确定重试这条记录？", dropAsk: "确定放弃这条记录？", retryNote: "这条记录将重新处理一次，最多重试三次。",
    dropNote: "这条记录不再处理，不能恢复；等在它后面的记录继续办理。",
    confirm: "确定", cancel: "取消", back: "回到列表", retried: "已经重新送出。", dropped: "已经放弃。", retryHandedOn: "已经交给处理程序重试。",
    dropHandedOn: "已经交给处理程序放弃。", refused: "这条记录只能放弃，不能再重试。", settledBefore: "这条记录已经处置过了。", gone: "日志中已经没有这条记录。",
    onlyDrop: "只能放弃", wait: "日志暂时不可用，请稍后再试。",
    statuses: [.open: "待处置", .quarantined: "已重试三次，只能放弃", .retried: "已重试", .dropped: "已放弃"])

  private static let english = LetterWords(
    title: "Dead letters", one: "Dead letter",
    intro:
      "These records could not be read or handled. They wait for a decision: to try them again, or to let them go.",
    none: "No dead letter waits.", waiting: "{1} wait", next: "Next page", first: "Back to the first page",
    letter: "Record", stage: "Stage", reason: "Reason", failed: "Failed", retries: "Retried", parked: "Its case",
    parkedNote: "later records wait behind it", status: "Status", arrived: "Arrived", place: "Came from",
    caseLabel: "Case", key: "Key", headers: "Headers", header: "Name", value: "Value", size: "bytes",
    digest: "SHA-256 digest", noValue: "none", unreadHeader: "(not shown)",
    isKept:
      "What it holds may be personal, so it isn't shown here; an operator can see it by huiyin dead-letters show --value.",
    kind: "Type", retry: "Retry", drop: "Drop", retryAsk: "Try this record again?", dropAsk: "Let this record go?",
    retryNote: "It will be handled once more; three times at most.",
    dropNote: "It will never be handled, which can't be undone; what waits behind it goes on.", confirm: "Yes",
    cancel: "Cancel", back: "Back to the list", retried: "It was sent again.", dropped: "It was let go.",
    retryHandedOn: "Its worker was told to try it again.", dropHandedOn: "Its worker was told to let it go.",
    refused: "It can only be dropped, and no longer retried.", settledBefore: "It has been settled before.",
    gone: "The log no longer has this record.", onlyDrop: "can only be dropped",
    wait: "The log can't be reached just now. Try again later.",
    statuses: [
      .open: "waits", .quarantined: "retried three times, can only be dropped", .retried: "retried",
      .dropped: "dropped",
    ])
}
