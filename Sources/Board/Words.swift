import Cases
import WebPages

/// The labels of the pages in one language. What people and rules wrote stays as it is.
struct Words: Sendable {
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
  /// By the name of an event within its type.
  let events: [String: String]
  let methods: [String: String]
  let satisfaction: [String: String]
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
    let name = CaseEvent.name(of: type) ?? type
    return events[name] ?? name
  }

  static let chinese = Words(
    open: "办理中", overdue: "已逾期", replied: "已答复待反馈", closed: "已办结", caseNumber: "办件编号", owner: "承办", noOwner: "尚未交办",
    category: "类别", received: "收到时间", due: "答复期限",
    provisional: "暂定", provisionalNote: "期限暂定：有年份的放假安排尚未公布，公布后重新计算。", status: "状态", deadline: "答复期限",
    workingDays: "个工作日", calendar: "日历版本",
    policy: "答复规则", reason: "交办理由", why: "归类依据", confidence: "把握", opinion: "意见", address: "地点", attachments: "附件",
    recorded: "记录于",
    reply: "答复",
    history: "办理过程", time: "时间", event: "事项", details: "说明", notFoundTitle: "没有找到",
    notFound: "没有这一页，或者链接不完整。请核对您的链接。",
    notYet: "意见已经收到，正在登记，请过一会儿再看。", steps: ["登记", "反映", "处理", "结果", "反馈"], states: ["已完成", "进行中", "未开始"],
    events: [
      "opened": "登记", "classified": "归类", "assigned": "交办", "reminded": "到期提醒", "overdue": "逾期",
      "overdue-withdrawn": "撤销逾期", "deadline-changed": "期限变更", "replied": "答复", "delivered": "已反馈",
      "undelivered": "未能反馈",
      "supplemented": "补充意见", "similar-found": "发现相似办件", "rated": "群众评价", "refused-command": "未予受理的操作", "closed": "办结",
      "signed": "签收", "sign-overdue": "逾期未签收", "returned": "退回", "transferred": "转办", "co-handled": "协办",
      "escalated": "提级", "raised": "列为代表建议", "supervised": "督办", "supervision-requested": "申请重点督办",
      "supervision-denied": "未列入重点督办", "reported": "通报", "extension-requested": "申请延期", "extended": "延期",
      "extension-denied": "不予延期", "paused": "暂停计时", "resumed": "恢复计时", "refused": "不予受理", "reopened": "重办",
      "merged": "并案", "unmerged": "撤销并案", "joined": "并入办件", "parted": "办件分出", "merge-declined": "未能并案",
      "review-due": "待回头看", "reviewed": "回头看", "erased": "删除个人信息", "disclosed": "查看个人信息",
    ], methods: ["on-the-spot": "当场答复", "phone": "电话", "writing": "书面", "wechat": "微信"],
    satisfaction: ["satisfied": "满意", "fair": "基本满意", "unsatisfied": "不满意"],
    notYoursTitle: "无权查看", notYours: "这一页不在您的职责范围内。")

  static let english = Words(
    open: "Open",
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
    events: [
      "opened": "registered", "classified": "classified", "assigned": "assigned", "reminded": "reminder",
      "overdue": "overdue", "overdue-withdrawn": "overdue withdrawn", "deadline-changed": "deadline changed",
      "replied": "reply", "delivered": "citizen told", "undelivered": "citizen not reached",
      "supplemented": "addition", "similar-found": "similar case found", "rated": "rated by the citizen",
      "refused-command": "command refused",
      "closed": "closed", "signed": "signed for", "sign-overdue": "not signed for in time", "returned": "returned",
      "transferred": "transferred", "co-handled": "helpers named", "escalated": "escalated",
      "raised": "made a formal suggestion", "supervised": "supervised",
      "supervision-requested": "key supervision asked for", "supervision-denied": "no key supervision",
      "reported": "reported", "extension-requested": "extension asked for", "extended": "extended",
      "extension-denied": "extension denied", "paused": "paused", "resumed": "resumed", "refused": "not taken up",
      "reopened": "taken up again", "merged": "handled with another", "unmerged": "handled on its own again",
      "joined": "another handled with it", "parted": "another no longer handled with it",
      "merge-declined": "another could not be handled with it", "review-due": "to be looked at again",
      "reviewed": "looked at again", "erased": "citizen forgotten", "disclosed": "personal data shown",
    ], methods: ["on-the-spot": "on the spot", "phone": "by phone", "writing": "in writing", "wechat": "by WeChat"],
    satisfaction: ["satisfied": "satisfied", "fair": "fairly satisfied", "unsatisfied": "not satisfied"],
    notYoursTitle: "Not for you", notYours: "This page isn't part of your duties.")
}
