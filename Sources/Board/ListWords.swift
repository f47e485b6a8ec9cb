import Cases
import Monitoring
import WebPages

/// What the lists of cases say, in one language.
struct ListWords: Sendable {
  let overdueTitle, casesTitle, reviewTitle: String
  let number, id, standing, owner, ownerKind, offered, category, subcategory, received, due, provisional: String
  let workingDaysLate, step, lastEvent, lastTime: String
  let noOwner, answeredLate, overdue, open, yes, more: String
  let filter, allOwners, allCategories, allSteps, deputy, deputyHint, sort, reverse, apply, reset: String
  let search, find, searchHint, searchNone, export, exportLimit, next, first, total, totalMore, none: String
  let unknownDeputy, ownerIgnored, orderReplaced, cursorUnknown, sortBy: String
  let doubt, guesses, correct, noneToReview: String
  private let standings: [CaseQuery.Standing: String]
  private let orders: [CaseQuery.Order: String]
  private let stages: [CaseStage: String]
  private let steps: [CaseSummary.Step: String]
  private let kinds: [Owner.Kind: String]

  func name(of standing: CaseQuery.Standing) -> String { standings[standing] ?? standing.rawValue }
  func name(of order: CaseQuery.Order) -> String { orders[order] ?? order.rawValue }
  func name(of stage: CaseStage) -> String { stages[stage] ?? stage.rawValue }
  func name(of step: CaseSummary.Step) -> String { steps[step] ?? step.rawValue }
  func name(of kind: Owner.Kind) -> String { kinds[kind] ?? kind.rawValue }

  /// - Parameter listing: `nil`: of nothing.
  func total(_ listing: CaseListing?) -> String {
    (listing?.isMore == true ? totalMore : total).replacing("{1}", with: "\(listing?.total ?? 0)")
  }

  static func of(_ language: Language) -> ListWords {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  private static let chinese = ListWords(
    overdueTitle: "逾期办件", casesTitle: "办件列表", reviewTitle: "待研判", number: "办件编号", id: "办件标识", standing: "状态",
    owner: "承办",
    ownerKind: "承办类型", offered: "待签收", category: "类别", subcategory: "二级类别", received: "收到时间", due: "答复期限",
    provisional: "暂定", workingDaysLate: "逾期工作日", step: "催办程度", lastEvent: "最近事项", lastTime: "最近事项时间", noOwner: "尚未交办",
    answeredLate: "逾期答复", overdue: "已逾期", open: "办理中", yes: "是", more: "以上", filter: "筛选", allOwners: "全部承办",
    allCategories: "全部类别", allSteps: "不限", deputy: "代表", deputyHint: "姓名或编号", sort: "排序", reverse: "倒序", apply: "查看",
    reset: "清除筛选", search: "按编号查找", find: "查找", searchHint: "办件编号，如 20260924-7K3M-9Q2X",
    searchNone: "没有这个编号的办件，或者不归您办理。",
    export: "导出表格（CSV）", exportLimit: "最多导出前 100000 件", next: "下一页", first: "回到第一页", total: "共 {1} 件",
    totalMore: "超过 {1} 件", none: "没有符合条件的办件。", unknownDeputy: "名录中没有这位代表。", ownerIgnored: "填写了代表，承办一项没有起作用。",
    orderReplaced: "办件太多，不能按这一项排序，已按期限排列。请先筛选。", cursorUnknown: "这个翻页链接已经失效，请回到第一页。", sortBy: "排序：",
    doubt: "为何待研判", guesses: "可能的类别", correct: "更正类别", noneToReview: "没有待研判的办件。",
    standings: [
      .open: "办理中", .dueToday: "今日到期", .dueSoon: "两个工作日内到期", .overdue: "已逾期", .replied: "已答复待反馈", .closed: "已办结",
      .review: "待研判", .any: "全部",
    ], orders: [.due: "答复期限", .received: "收到时间", .owner: "承办", .category: "类别", .step: "催办程度"],
    stages: [
      .assigned: "待签收", .signed: "办理中", .paused: "暂停计时", .merged: "并案办理", .replied: "已答复待反馈", .closed: "已办结",
    ], steps: [.urging: "催办", .supervision: "督办", .report: "通报"],
    kinds: [.station: "联络站", .department: "承办单位", .deputy: "代表"])

  private static let english = ListWords(
    overdueTitle: "Overdue cases", casesTitle: "Cases", reviewTitle: "To be reviewed", number: "Case", id: "Case id",
    standing: "Standing", owner: "Owner", ownerKind: "Kind of owner", offered: "Not signed for by",
    category: "Category", subcategory: "Subcategory", received: "Received", due: "Due", provisional: "provisional",
    workingDaysLate: "Working days late", step: "Step", lastEvent: "Last event", lastTime: "Time of last event",
    noOwner: "not assigned yet", answeredLate: "answered late", overdue: "overdue", open: "open", yes: "yes",
    more: "or more", filter: "Filter", allOwners: "All owners", allCategories: "All categories", allSteps: "Any",
    deputy: "Deputy", deputyHint: "name or id", sort: "Sort by", reverse: "reversed", apply: "Show",
    reset: "Clear the filter", search: "Find a case", find: "Find", searchHint: "Number, such as 20260924-7K3M-9Q2X",
    searchNone: "There is no case of that number, or it isn't yours.", export: "Export as a table (CSV)",
    exportLimit: "the first 100,000 at most", next: "Next page", first: "Back to the first page", total: "{1} in all",
    totalMore: "more than {1}", none: "No such cases.", unknownDeputy: "The directory has no such deputy.",
    ownerIgnored: "A deputy is given, so the owner above counts for nothing.",
    orderReplaced: "There are too many cases to be sorted like that; they stand by their deadlines. Filter them first.",
    cursorUnknown: "That link to a page is no longer good. Go back to the first page.", sortBy: "Sort by ",
    doubt: "Why a person should look", guesses: "May be about", correct: "Correct the category",
    noneToReview: "No case waits for a review.",
    standings: [
      .open: "Open", .dueToday: "Due today", .dueSoon: "Due within two working days", .overdue: "Overdue",
      .replied: "Answered, citizen not told", .closed: "Closed", .review: "To be reviewed", .any: "All",
    ], orders: [.due: "Due", .received: "Received", .owner: "Owner", .category: "Category", .step: "Step"],
    stages: [
      .assigned: "not signed for", .signed: "in hand", .paused: "paused", .merged: "merged",
      .replied: "answered, citizen not told", .closed: "closed",
    ], steps: [.urging: "urged", .supervision: "supervised", .report: "reported"],
    kinds: [.station: "Station", .department: "Department", .deputy: "Deputy"])
}
