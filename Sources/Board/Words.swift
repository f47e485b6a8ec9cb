import Cases
import WebPages

/// The labels of the pages in one language. What people and rules wrote stays as it is.
struct Words: Sendable {
  let language: Language
  let open, overdue, replied, closed: String
  let caseNumber, owner, noOwner, category, received, due: String
  let provisional, provisionalNote, status, deadline, workingDays, calendar, policy, reason, why, confidence,
    opinion: String
  let address, attachments, recorded, reply, history, time, event, details, notFoundTitle, notFound,
    notYet: String
  /// 登记 反映 处理 结果 反馈.
  let steps: [String]
  /// Of a step: done, at work, not yet.
  let states: [String]
  let notYoursTitle, notYours: String

  static func of(_ language: Language) -> Words {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  func name(of phase: CaseSummary.Phase, overdue isOverdue: Bool) -> String {
    switch phase {
    case .open: isOverdue ? overdue : open
    case .replied: replied
    case .closed: closed
    }
  }

  func name(ofEvent type: String) -> String {
    EventWords.name(of: CaseEvent.name(of: type) ?? type, in: language)
  }

  static let chinese = Words(
    language: .chinese, open: "办理中", overdue: "已逾期", replied: "已答复待反馈", closed: "已办结", caseNumber: "办件编号", owner: "承办",
    noOwner: "尚未交办",
    category: "类别", received: "收到时间", due: "答复期限",
    provisional: "暂定", provisionalNote: "期限暂定：有年份的放假安排尚未公布，公布后重新计算。", status: "状态", deadline: "答复期限",
    workingDays: "个工作日", calendar: "日历版本",
    policy: "答复规则", reason: "交办理由", why: "归类依据", confidence: "把握", opinion: "意见", address: "地点", attachments: "附件",
    recorded: "记录于",
    reply: "答复",
    history: "办理过程", time: "时间", event: "事项", details: "说明", notFoundTitle: "没有找到",
    notFound: "没有这一页，或者链接不完整。请核对您的链接。",
    notYet: "意见已经收到，正在登记，请过一会儿再看。", steps: ["登记", "反映", "处理", "结果", "反馈"], states: ["已完成", "进行中", "未开始"],
    notYoursTitle: "无权查看", notYours: "这一页不在您的职责范围内。")

  static let english = Words(
    language: .english, open: "Open",
    overdue: "Overdue",
    replied: "Answered, citizen not told", closed: "Closed", caseNumber: "Case",
    owner: "Owner", noOwner: "not assigned yet", category: "Category", received: "Received", due: "Due",
    provisional: "provisional",
    provisionalNote: "Provisional: a year's holiday plan is not published yet; the deadline will be worked out anew.",
    status: "Status", deadline: "Deadline", workingDays: "working days", calendar: "calendar", policy: "policy",
    reason: "Why this owner", why: "Why this category", confidence: "confidence", opinion: "Opinion", address: "Place",
    attachments: "Attachments", recorded: "recorded", reply: "Reply", history: "History", time: "Time", event: "Event",
    details: "Details",
    notFoundTitle: "Not found",
    notFound: "There is no such page, or the link is incomplete. Please check your link.",
    notYet: "The opinion has been received and is being registered. Please look again in a moment.",
    steps: ["Registered", "Passed on", "Handled", "Result", "Feedback"], states: ["done", "at work", "not yet"],
    notYoursTitle: "Not for you", notYours: "This page isn't part of your duties.")
}
