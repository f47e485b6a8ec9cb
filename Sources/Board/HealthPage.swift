import Cases
import Monitoring
import Streams
import Time
import WebPages

/// What the template `health` is filled with: one sentence for each thing that can go wrong.
struct HealthPage {
  struct Line {
    let label: String
    let text: String
    let isWell: Bool
    /// What to do about it.
    let advice: String?
  }

  /// What the read model says of it.
  struct Figures: Hashable, Sendable {
    let deadLetters: Int
    let parkedKeys: Int
    let arriving: Arriving
    let undelivered: Int

    init(deadLetters: Int, parkedKeys: Int, arriving: Arriving, undelivered: Int) {
      self.deadLetters = deadLetters
      self.parkedKeys = parkedKeys
      self.arriving = arriving
      self.undelivered = undelivered
    }

    init(_ model: ReadModel, at now: Instant) throws {
      deadLetters = try model.deadLetters(after: nil, limit: 1).waiting
      parkedKeys = try model.parkedKeys()
      arriving = try model.arriving(at: now)
      undelivered = try model.undelivered()
    }
  }

  let frame: PageFrame
  let w: HealthWords
  let verdict: String
  let isWell: Bool
  let lines: [Line]
  let groups: [Line]
  let workers: [Line]
  let hasWorkers: Bool

  /// Beyond so many records before a group, its work is a backlog.
  private static let backlog: Int64 = 1000
  /// After so long an opinion should have become a case.
  private static let arrival = Duration.seconds(300)

  init(
    _ frame: PageFrame, _ words: HealthWords, _ health: PipelineHealth, _ figures: Figures,
    calendar: WorkingCalendar, at now: Instant
  ) {
    self.frame = frame
    w = words
    groups = health.groups.map { group in
      let name = words.name(ofGroup: group.name)
      if let since = group.stuckSince {
        return Line(
          label: name, text: words.stuck(group.lag, since: since.forReading), isWell: false, advice: words.stuckAdvice)
      }
      if group.lag > Self.backlog {
        return Line(label: name, text: words.behind(group.lag), isWell: false, advice: words.behindAdvice)
      }
      let isIdle = group.lag <= Int64(group.partitions)
      return Line(label: name, text: isIdle ? words.idle : words.behind(group.lag), isWell: true, advice: nil)
    }
    workers = health.workers.map { worker in
      let isWell: Bool
      switch worker.phase {
      case .running, .starting, .restoring: isWell = true
      case .waiting, .stopped, .failed: isWell = false
      }
      return Line(
        label: words.name(ofGroup: worker.name), text: words.text(of: worker.phase), isWell: isWell,
        advice: isWell ? nil : words.workerAdvice)
    }
    hasWorkers = !workers.isEmpty
    lines =
      [
        Self.reading(words, health.reading), Self.log(words, health),
        Line(
          label: words.deadLetters, text: words.count(figures.deadLetters), isWell: figures.deadLetters == 0,
          advice: figures.deadLetters == 0 ? nil : words.deadLettersAdvice),
        Line(
          label: words.parked, text: words.count(figures.parkedKeys), isWell: figures.parkedKeys == 0,
          advice: figures.parkedKeys == 0 ? nil : words.parkedAdvice),
        Self.arriving(words, figures.arriving),
        // Says something of citizens who can't be reached, not of the pipeline.
        Line(label: words.undelivered, text: words.count(figures.undelivered), isWell: true, advice: nil),
        Self.calendar(words, calendar, at: now),
      ]
    isWell = (lines + groups + workers).allSatisfy(\.isWell)
    verdict = isWell ? words.well : words.unwell
  }

  private static func reading(_ words: HealthWords, _ status: Follower.Status) -> Line {
    if let trouble = status.trouble {
      return Line(label: words.board, text: trouble, isWell: false, advice: words.boardAdvice)
    }
    if let rebuilding = status.rebuilding {
      let percent = Int(min(max(rebuilding.share, 0), 1) * 100)
      return Line(
        label: words.board, text: "\(words.rebuilding) \(percent) %", isWell: false, advice: words.rebuildingAdvice)
    }
    let isReady = status.isReady
    return Line(label: words.board, text: isReady ? words.current : words.catchingUp, isWell: isReady, advice: nil)
  }

  private static func log(_ words: HealthWords, _ health: PipelineHealth) -> Line {
    Line(
      label: words.log, text: health.trouble ?? "\(words.reachable) \(health.at.forReading)",
      isWell: health.trouble == nil, advice: health.trouble == nil ? nil : words.logAdvice)
  }

  private static func arriving(_ words: HealthWords, _ arriving: Arriving) -> Line {
    let isLate = (arriving.waiting ?? .zero) > arrival
    let since = arriving.oldest.map { words.since($0.forReading) } ?? ""
    return Line(
      label: words.arriving, text: words.count(arriving.count) + since, isWell: !isLate,
      advice: isLate ? words.arrivingAdvice : nil)
  }

  private static func calendar(_ words: HealthWords, _ calendar: WorkingCalendar, at now: Instant) -> Line {
    let missing = calendar.missingPlan(at: now)
    let year = TimeOffset.shanghai.date(of: now).year
    let text = missing.map { words.planMissing($0) }
    return Line(
      label: words.calendar,
      text: text ?? (calendar.hasPlan(year + 1) ? words.planThere(year + 1) : words.planAwaited(year + 1)),
      isWell: missing == nil, advice: missing == nil ? nil : words.calendarAdvice)
  }
}
