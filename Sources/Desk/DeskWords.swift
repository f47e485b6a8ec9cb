import Cases
import Time
import WebPages

/// The labels of the desk's pages in one language. What people and rules wrote stays as it is.
struct DeskWords {
  let language: Language
  let desk, caseTitle, openCount, dueToday, dueSoon, overdueCount, repliedCount, none: String
  let next, first, badCursor, received, due, provisional, stage, owner: String
  let offered, supervisor, helpers, category, noCategory, number, place, opinion: String
  let addition, reply, attachment, picture, elsewhere, history, wholeHistory, actions: String
  let noActions, choose, optional, back, backToDesk, again, sentTitle, sentText: String
  let sentSlow, doneTitle, refusedTitle, faultsTitle, stale, unavailable, tooLarge, notYours: String
  let notFoundTitle, forbiddenTitle, crossSite, malformed, unreadableTitle, unreadable, citizenTitle,
    citizenLink: String
  let name, phone, email, notGiven, noContact, original, shownUntil, lookOver: String
  let keySupervisions: String

  /// Templates see stored properties alone.
  init(_ language: Language) {
    func text(_ chinese: String, _ english: String) -> String { Phrase(chinese, english)(language) }
    self.language = language
    desk = text("我的办件", "My cases")
    caseTitle = text("办件", "Case")
    openCount = text("办理中", "Open")
    dueToday = text("今日到期", "Due today")
    dueSoon = text("两个工作日内到期", "Due within two working days")
    overdueCount = text("已逾期", "Overdue")
    repliedCount = text("已答复待办结", "Answered, not closed")
    none = text("没有在办的办件。", "No open case.")
    next = text("下一页", "Next page")
    first = text("回到第一页", "First page")
    badCursor = text("这一页的位置已失效，请从第一页看起。", "This place in the list is no longer known. Begin at the first page.")
    received = text("收到", "Received")
    due = text("期限", "Due")
    provisional = text("暂定", "provisional")
    stage = text("状态", "Status")
    owner = text("承办", "Owner")
    offered = text("待签收", "Offered to")
    supervisor = text("督办", "Watched by")
    helpers = text("协办", "Helpers")
    category = text("类别", "Category")
    noCategory = text("未归类", "no category")
    number = text("编号", "Number")
    place = text("地点", "Place")
    opinion = text("意见", "Opinion")
    addition = text("补充意见", "Addition")
    reply = text("答复", "Reply")
    attachment = text("附件", "Attachment")
    picture = text("图片", "Picture")
    elsewhere = text("另存于", "kept elsewhere:")
    history = text("最近经过", "Latest events")
    wholeHistory = text("全部经过", "Whole history")
    actions = text("办理", "What you can do")
    noActions = text("目前没有您可以办理的事项。", "There is nothing for you to do just now.")
    choose = text("请选择", "Choose")
    optional = text("选填", "optional")
    back = text("返回办件", "Back to the case")
    backToDesk = text("返回我的办件", "Back to my cases")
    again = text("重新载入", "Load again")
    sentTitle = text("已提交，正在处理", "Sent, being worked on")
    sentText = text("结果马上显示，本页会自动刷新。", "What comes of it appears here; this page loads again by itself.")
    sentSlow = text(
      "处理的时间比平时长。已经提交，请勿重复提交；请稍后重新载入。",
      "It takes longer than usual. It has been sent; don't send it again, look again later.")
    doneTitle = text("已办理", "Done")
    refusedTitle = text("未予受理", "Refused")
    faultsTitle = text("没有提交：请改正下面标出的内容。", "Not sent: correct what is marked below.")
    stale = text(
      "页面打开太久或已失效，内容还在，请再提交一次。", "The page was open for too long. What you wrote is still there: send it once more.")
    unavailable = text(
      "暂时无法提交，内容还在，请过一会儿再提交。", "It can't be sent just now. What you wrote is still there: try again soon.")
    tooLarge = text("内容太长，没有提交。", "It is too long and was not sent.")
    notYours = text("没有这一页，或者不在您名下。", "There is no such page, or it isn't yours.")
    notFoundTitle = text("没有找到", "Not found")
    forbiddenTitle = text("不能办理", "Not allowed")
    crossSite = text(
      "这个表单不是从本页提交的，没有办理。请返回后重新填写。",
      "The form was not sent from our page, and nothing was done. Go back and fill it in anew.")
    malformed = text("提交的内容无法读取。", "What was sent can't be read.")
    unreadableTitle = text("暂时无法显示", "Not just now")
    unreadable = text("暂时无法读取办件，请稍后再试。", "The cases can't be read just now. Try again later.")
    citizenTitle = text("个人信息", "Personal data")
    citizenLink = text("查看个人信息", "Show personal data")
    name = text("姓名", "Name")
    phone = text("电话", "Phone")
    email = text("邮箱", "E-mail")
    notGiven = text("未留", "not given")
    noContact = text("群众没有留下联系方式，或者已经删除。", "The citizen left no contact, or it has been forgotten.")
    original = text("意见原文", "The opinion as written")
    shownUntil = text("本次查看有效到", "Shown until")
    lookOver = text("上次查看已经过期，请重新说明用途。", "The last look is over. Say again what it is for.")
    keySupervisions = text("重点督办", "Key supervisions")
  }

  private func text(_ chinese: String, _ english: String) -> String { Phrase(chinese, english)(language) }

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
