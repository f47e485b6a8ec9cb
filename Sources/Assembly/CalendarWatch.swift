import Cases
import Logging
import Metrics
import Time

/// Tells the operator in time that a holiday plan is missing: without it, deadlines that reach into its year are
/// provisional.
struct CalendarWatch: Sendable {
  private let calendar: WorkingCalendar

  init(_ calendar: WorkingCalendar) {
    self.calendar = calendar
  }

  func warn(at now: Instant, _ logger: Logger) {
    guard let year = calendar.missingPlan(at: now) else { return }
    logger.warning(
      "no holiday plan for this year: deadlines that reach into it are provisional; see HUIYIN_CALENDAR",
      metadata: ["year": "\(year)", "calendar": "\(calendar.version)"])
  }

  /// To be called before the metrics are read: the alert is `huiyin_calendar_plan_missing > 0`.
  func record(at now: Instant) {
    Gauge(label: "huiyin_calendar_plan_missing").record(calendar.missingPlan(at: now) == nil ? 0 : 1)
    Gauge(label: "huiyin_calendar_version_info", dimensions: [("version", calendar.version)]).record(1)
  }
}
