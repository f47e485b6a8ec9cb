import Streams
import WebPages

/// What the page on the pipeline's health says, in one language.
struct HealthWords: Sendable {
  let title, well, unwell, fine, attention, item, state, stages, workers, advice: String
  let board, current, catchingUp, rebuilding, boardAdvice, rebuildingAdvice, log, reachable, logAdvice: String
  let deadLetters, deadLettersAdvice, parked, parkedAdvice, arriving, arrivingAdvice, undelivered: String
  let calendar, calendarAdvice, idle, stuckAdvice, behindAdvice, workerAdvice: String
  let starting, running, stopped: String
  private let counted, sinceText, stuckText, behindText, restoringText, waitingText, failedText: String
  private let planMissingText, planThereText, planAwaitedText: String
  private let groups: [String: String]

  func name(ofGroup group: String) -> String { groups[group].map { "\($0) (\(group))" } ?? group }
  func count(_ count: Int) -> String { counted.replacing("{1}", with: "\(count)") }
  func since(_ time: String) -> String { sinceText.replacing("{1}", with: time) }
  func behind(_ lag: Int64) -> String { behindText.replacing("{1}", with: "\(lag)") }
  func stuck(_ lag: Int64, since: String) -> String {
    stuckText.replacing("{1}", with: "\(lag)").replacing("{2}", with: since)
  }
  func planMissing(_ year: Int) -> String { planMissingText.replacing("{1}", with: "\(year)") }
  func planThere(_ year: Int) -> String { planThereText.replacing("{1}", with: "\(year)") }
  func planAwaited(_ year: Int) -> String { planAwaitedText.replacing("{1}", with: "\(year)") }

  func text(of phase: WorkerStatus.Report.Phase) -> String {
    switch phase {
    case .starting: starting
    case .restoring(let remaining): restoringText.replacing("{1}", with: "\(remaining)")
    case .running: running
    case .waiting(let reason): waitingText.replacing("{1}", with: reason)
    case .stopped: stopped
    case .failed(let reason): failedText.replacing("{1}", with: reason)
    }
  }

  static func of(_ language: Language) -> HealthWords {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  private static let chinese = HealthWords(
    title: "运行状况", well: "一切正常", unwell: "有需要处理的情况", fine: "正常", attention: "请注意", item: "项目", state: "情况",
    stages: "各环节的积压",
    workers: "本机的处理程序", advice: "怎么办", board: "看板", current: "与日志同步", catchingUp: "正在追上日志", rebuilding: "正在重建",
    boardAdvice: "看板读不到日志或写不了自己的数据库，正在反复重试；请检查日志服务和磁盘。", rebuildingAdvice: "等它完成；受理和办理不受影响。", log: "日志",
    reachable: "可以读到，查看于", logAdvice: "请检查日志服务是否在运行、网络是否通。", deadLetters: "等待处置的异常记录",
    deadLettersAdvice: "请管理员在“异常记录”中重试或放弃。", parked: "因异常而停住的办件", parkedAdvice: "处置它们前面的异常记录，停住的办件就会继续。",
    arriving: "已归类尚未立案的意见", arrivingAdvice: "请检查交办（route）和办理（track）环节是否在运行。", undelivered: "已答复但没能告知群众的办件",
    calendar: "放假安排",
    calendarAdvice: "请把国务院公布的放假安排填入日历文件（HUIYIN_CALENDAR），此前涉及该年的期限是暂定的。", idle: "没有积压",
    stuckAdvice: "这个环节没有在工作：请检查它的进程和它的日志输出。", behindAdvice: "如果积压不见减少，请增加这个环节的进程。", workerAdvice: "请查看这个进程的日志输出。",
    starting: "正在启动", running: "正在工作", stopped: "已停止", counted: "{1} 件", sinceText: "，最早的从 {1} 起",
    stuckText: "积压 {1} 条，自 {2} 起没有进展", behindText: "积压 {1} 条", restoringText: "正在恢复状态，还剩 {1} 条", waitingText: "在等待：{1}",
    failedText: "出错退出：{1}", planMissingText: "缺少 {1} 年的放假安排", planThereText: "{1} 年的已经具备",
    planAwaitedText: "{1} 年的尚未公布，11月至12月公布后请填入",
    groups: [
      "classify": "归类", "converse": "微信会话", "route": "交办", "sketch": "相似比对", "similar": "相似查找", "track": "办理",
      "relay": "办件间转告", "quota": "名额", "feedback": "反馈", "wechat-delivery": "微信送达",
    ])

  private static let english = HealthWords(
    title: "Health", well: "All is well", unwell: "Something needs attention", fine: "well", attention: "attention",
    item: "What", state: "How it is", stages: "What lies before each stage", workers: "Workers of this process",
    advice: "What to do", board: "Board", current: "as far as the log", catchingUp: "catching up with the log",
    rebuilding: "being rebuilt",
    boardAdvice: "The board can't read the log or write its database, and keeps trying: look at the log and the disk.",
    rebuildingAdvice: "Wait for it; opinions are taken in and handled as ever.", log: "Log",
    reachable: "can be read, looked at", logAdvice: "See whether the log's servers run and can be reached.",
    deadLetters: "Dead letters that wait", deadLettersAdvice: "An administrator retries or drops them.",
    parked: "Cases that stand still", parkedAdvice: "They go on once the dead letter before them is settled.",
    arriving: "Opinions classified and not yet cases", arrivingAdvice: "See whether the stages route and track run.",
    undelivered: "Answers that nobody could bring to the citizen", calendar: "Holiday plan",
    calendarAdvice:
      "Put the State Council's plan into the calendar file (HUIYIN_CALENDAR); until then deadlines that reach into that year are provisional.",
    idle: "nothing waits", stuckAdvice: "This stage isn't working: look at its processes and what they log.",
    behindAdvice: "If that doesn't shrink, run more processes of this stage.",
    workerAdvice: "Look at what this process logs.", starting: "starting", running: "at work", stopped: "stopped",
    counted: "{1}", sinceText: ", the oldest since {1}", stuckText: "{1} records wait, no progress since {2}",
    behindText: "{1} records wait", restoringText: "restoring its state, {1} records to go",
    waitingText: "waiting: {1}", failedText: "failed: {1}", planMissingText: "the plan for {1} is missing",
    planThereText: "that of {1} is there",
    planAwaitedText: "that of {1} is not published yet; it comes in November or December",
    groups: [
      "classify": "classifying", "converse": "chats", "route": "routing", "sketch": "sketching for similarity",
      "similar": "finding similar ones", "track": "tracking", "relay": "relaying between cases", "quota": "quotas",
      "feedback": "feedback", "wechat-delivery": "delivery by WeChat",
    ])
}
