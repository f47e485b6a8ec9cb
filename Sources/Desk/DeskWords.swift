import Cases
import Time
import WebPages

/// The labels of the desk's pages in one language. What people and rules wrote stays as it is.
struct DeskWords {
  let language: Language

  init(_ language: Language) {
    self.language = language
  }

  private func text(_ chinese: String, _ english: String) -> String { Phrase(chinese, english)(language) }

  var desk: String { text("我的办件", "My cases") }
  var caseTitle: String { text("办件", "Case") }
  var openCount: String { text("办理中", "Open") }
  var dueToday: String { text("今日到期", "Due today") }
  var dueSoon: String { text("两个工作日内到期", "Due within two working days") }
  var overdueCount: String { text("已逾期", "Overdue") }
  var repliedCount: String { text("已答复待办结", "Answered, not closed") }
  var none: String { text("没有在办的办件。", "No open case.") }
  var next: String { text("下一页", "Next page") }
  var first: String { text("回到第一页", "First page") }
  var badCursor: String {
    text("这一页的位置已失效，请从第一页看起。", "This place in the list is no longer known. Begin at the first page.")
  }
  var received: String { text("收到", "Received") }
  var due: String { text("期限", "Due") }
  var provisional: String { text("暂定", "provisional") }
  var stage: String { text("状态", "Status") }
  var owner: String { text("承办", "Owner") }
  var offered: String { text("待签收", "Offered to") }
  var supervisor: String { text("督办", "Watched by") }
  var helpers: String { text("协办", "Helpers") }
  var category: String { text("类别", "Category") }
  var noCategory: String { text("未归类", "no category") }
  var number: String { text("编号", "Number") }
  var place: String { text("地点", "Place") }
  var opinion: String { text("意见", "Opinion") }
  var addition: String { text("补充意见", "Addition") }
  var reply: String { text("答复", "Reply") }
  var attachments: String { text("附件", "Attachments") }
  var attachment: String { text("附件", "Attachment") }
  var picture: String { text("图片", "Picture") }
  var elsewhere: String { text("另存于", "kept elsewhere:") }
  var history: String { text("最近经过", "Latest events") }
  var wholeHistory: String { text("全部经过", "Whole history") }
  var actions: String { text("办理", "What you can do") }
  var noActions: String { text("目前没有您可以办理的事项。", "There is nothing for you to do just now.") }
  var choose: String { text("请选择", "Choose") }
  var optional: String { text("选填", "optional") }
  var back: String { text("返回办件", "Back to the case") }
  var backToDesk: String { text("返回我的办件", "Back to my cases") }
  var again: String { text("重新载入", "Load again") }
  var sentTitle: String { text("已提交，正在处理", "Sent, being worked on") }
  var sentText: String { text("结果马上显示，本页会自动刷新。", "What comes of it appears here; this page loads again by itself.") }
  var sentSlow: String {
    text(
      "处理的时间比平时长。已经提交，请勿重复提交；请稍后重新载入。",
      "It takes longer than usual. It has been sent; don't send it again, look again later.")
  }
  var doneTitle: String { text("已办理", "Done") }
  var refusedTitle: String { text("未予受理", "Refused") }
  var faultsTitle: String { text("没有提交：请改正下面标出的内容。", "Not sent: correct what is marked below.") }
  var stale: String {
    text("页面打开太久或已失效，内容还在，请再提交一次。", "The page was open for too long. What you wrote is still there: send it once more.")
  }
  var unavailable: String {
    text("暂时无法提交，内容还在，请过一会儿再提交。", "It can't be sent just now. What you wrote is still there: try again soon.")
  }
  var tooLarge: String { text("内容太长，没有提交。", "It is too long and was not sent.") }
  var notYours: String { text("没有这一页，或者不在您名下。", "There is no such page, or it isn't yours.") }
  var notFoundTitle: String { text("没有找到", "Not found") }
  var forbiddenTitle: String { text("不能办理", "Not allowed") }
  var crossSite: String {
    text(
      "这个表单不是从本页提交的，没有办理。请返回后重新填写。",
      "The form was not sent from our page, and nothing was done. Go back and fill it in anew.")
  }
  var malformed: String { text("提交的内容无法读取。", "What was sent can't be read.") }
  var unreadableTitle: String { text("暂时无法显示", "Not just now") }
  var unreadable: String { text("暂时无法读取办件，请稍后再试。", "The cases can't be read just now. Try again later.") }
  var citizenTitle: String { text("个人信息", "Personal data") }
  var citizenLink: String { text("查看个人信息", "Show personal data") }
  var name: String { text("姓名", "Name") }
  var phone: String { text("电话", "Phone") }
  var email: String { text("邮箱", "E-mail") }
  var notGiven: String { text("未留", "not given") }
  var noContact: String { text("群众没有留下联系方式，或者已经删除。", "The citizen left no contact, or it has been forgotten.") }
  var original: String { text("意见原文", "The opinion as written") }
  var shownUntil: String { text("本次查看有效到", "Shown until") }
  var lookOver: String { text("上次查看已经过期，请重新说明用途。", "The last look is over. Say again what it is for.") }
  var keySupervisions: String { text("重点督办", "Key supervisions") }

  func name(of stage: CaseStage) -> String {
    switch stage {
    case .assigned: text("待签收", "offered")
    case .signed: text("办理中", "at work")
    case .paused: text("暂停计时", "paused")
    case .merged: text("并案办理", "handled with another")
    case .replied: text("已答复", "answered")
    case .closed: text("已办结", "closed")
    }
  }

  /// How long until its last day ends, or since, in working days.
  func distance(to due: CalendarDate, isOverdue: Bool, at now: Instant, _ calendar: WorkingCalendar) -> String {
    let today = TimeOffset.shanghai.date(of: now)
    if isOverdue {
      let late = calendar.workingDays(after: due, through: today)
      return late == 0 ? text("已逾期", "overdue") : text("逾期 \(late) 个工作日", "\(late) working days late")
    }
    if due <= today { return text("今日到期", "due today") }
    let left = calendar.workingDays(after: today, through: due)
    return text("还剩 \(left) 个工作日", "\(left) working days left")
  }
}
