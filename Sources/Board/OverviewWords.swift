import WebPages

/// What the overview and its definitions say, in one language.
struct OverviewWords: Sendable {
  let title: String
  let open, dueToday, dueSoon, overdue, urging, supervision, report, replied, closed: String
  let ratesHeading, response, resolution, satisfaction, byStation, byDepartment, owner, received, nobody: String
  let period, show, definitionsLink, noRates: String
  let trendByDay, trendByWeek, day, answered, becameOverdue, categories, category, noCategory, otherCategories: String
  let asTable, noCases, colon, comma: String
  private let periods: [Period: String]
  let rebuilding, rebuildingNote, timeLeft, minutes: String
  let definitions: Definitions

  /// What `/definitions` says.
  struct Definitions: Sendable {
    struct Entry: Sendable {
      let term: String
      let formula: String
      let explanation: [String]
    }

    let title, intro, back: String
    let entries: [Entry]
  }

  func name(of period: Period) -> String { periods[period] ?? period.rawValue }

  static func of(_ language: Language) -> OverviewWords {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  private static let chinese = OverviewWords(
    title: "办件总览", open: "办理中", dueToday: "今日到期", dueSoon: "两个工作日内到期", overdue: "已逾期", urging: "催办中",
    supervision: "督办中",
    report: "已通报", replied: "已答复待反馈", closed: "已办结", ratesHeading: "三率", response: "响应率", resolution: "解决率",
    satisfaction: "满意率", byStation: "按联络站", byDepartment: "按承办单位", owner: "承办", received: "收到", nobody: "尚未交办",
    period: "收到时间", show: "查看", definitionsLink: "三率怎么算", noRates: "这段时间没有办件。", trendByDay: "每日走势",
    trendByWeek: "每周走势（以周一为名）", day: "日期", answered: "答复", becameOverdue: "转为逾期", categories: "类别分布", category: "类别",
    noCategory: "尚未归类", otherCategories: "其他类别", asTable: "以表格查看", noCases: "这段时间没有办件。", colon: "：", comma: "，",
    periods: [.month: "本月", .quarter: "本季度", .year: "本年", .lastYear: "去年", .all: "全部"],
    rebuilding: "正在重建", rebuildingNote: "看板正从日志重新汇总，完成前不显示数字。意见的受理和办理不受影响。", timeLeft: "大约还需", minutes: "分钟",
    definitions: Definitions(
      title: "三率怎么算", intro: "三率都按办件收到的月份统计，以办件为单位；重办的办件按重办以来的情况计算。", back: "回到总览",
      entries: [
        .init(
          term: "响应率", formula: "响应率 = 期限内答复的办件 ÷ 应答复的办件",
          explanation: [
            "应答复的办件：已经答复的，加上期限已过仍未答复的。期限未到又未答复的不计入。",
            "期限内答复：答复作出的时间早于最后一日24时（北京时间）。以答复作出的时间为准，不以录入时间为准。",
            "不予受理并说明理由的，也算答复。",
          ]),
        .init(
          term: "解决率", formula: "解决率 = 已解决的办件 ÷ 已办结的办件",
          explanation: ["已解决：已办结，答复不是不予受理，群众没有评价为不满意，也没有重办过。", "群众没有评价的，按上述其余条件计算。"]),
        .init(
          term: "满意率", formula: "满意率 =（满意 + 基本满意）÷ 群众作出评价的办件",
          explanation: ["只计算群众作出评价的办件；没有评价的不计入，也不视为满意。", "同一办件多次评价的，以对最近一次答复的最后一次评价为准。"]),
        .init(
          term: "两个工作日内到期", formula: "办理中、未逾期，最后一日是今天或者此后两个工作日之一",
          explanation: ["工作日按国务院办公厅公布的放假安排计算，调休上班日是工作日。"]),
        .init(
          term: "已逾期", formula: "最后一日24时（北京时间）已过，仍未答复", explanation: ["逾期后依次催办、督办、通报；各步的时间由答复规则规定。"]),
      ]))

  private static let english = OverviewWords(
    title: "Overview", open: "Open", dueToday: "Due today", dueSoon: "Due within two working days", overdue: "Overdue",
    urging: "Being urged", supervision: "Under supervision", report: "Reported", replied: "Answered, citizen not told",
    closed: "Closed", ratesHeading: "The three rates", response: "Response", resolution: "Resolution",
    satisfaction: "Satisfaction", byStation: "By station", byDepartment: "By department", owner: "Owner",
    received: "Received", nobody: "not assigned yet", period: "Received", show: "Show",
    definitionsLink: "How the rates are worked out", noRates: "No cases in this period.", trendByDay: "Day by day",
    trendByWeek: "Week by week, by their Mondays", day: "Day", answered: "Answered", becameOverdue: "Became overdue",
    categories: "By category", category: "Category", noCategory: "not known yet", otherCategories: "Others",
    asTable: "As a table", noCases: "No cases in this period.", colon: ": ", comma: ", ",
    periods: [
      .month: "This month", .quarter: "This quarter", .year: "This year", .lastYear: "Last year", .all: "All time",
    ], rebuilding: "Rebuilding",
    rebuildingNote:
      "The board is being read anew from the log; until that is done it shows no figures. Opinions are taken in and handled as ever.",
    timeLeft: "About", minutes: "minutes to go",
    definitions: Definitions(
      title: "How the rates are worked out",
      intro:
        "Each rate counts cases, by the month in which they were received. A case that was taken up again is judged by what came of it since.",
      back: "Back to the overview",
      entries: [
        .init(
          term: "Response rate 响应率", formula: "cases answered in time ÷ cases of which an answer was due",
          explanation: [
            "An answer was due: the case has been answered, or its last day has passed without an answer. An unanswered case whose last day is still to come doesn't count.",
            "In time: the answer was made before 24:00 (Beijing time) of the last day. When it was made counts, not when it was recorded.",
            "To decline a case, with the reason, is an answer.",
          ]),
        .init(
          term: "Resolution rate 解决率", formula: "cases settled ÷ cases closed",
          explanation: [
            "Settled: closed with an answer that didn't decline the case, which the citizen didn't call unsatisfying, and never taken up again.",
            "Where the citizen said nothing, the other conditions decide.",
          ]),
        .init(
          term: "Satisfaction rate 满意率", formula: "(satisfied + fairly satisfied) ÷ cases rated by their citizens",
          explanation: [
            "Only cases that a citizen rated count; silence isn't taken for satisfaction.",
            "Of several ratings the last one of the latest answer counts.",
          ]),
        .init(
          term: "Due within two working days",
          formula: "open, not overdue, and the last day is today or one of the next two working days",
          explanation: [
            "Working days follow the holiday plans of the State Council; make-up days are working days."
          ]),
        .init(
          term: "Overdue", formula: "24:00 (Beijing time) of the last day has passed without an answer",
          explanation: [
            "Urging, supervision and report follow one after the other, when the reply policy says."
          ]),
      ]))
}
