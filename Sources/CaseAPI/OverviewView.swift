import Monitoring
import Time

/// How the cases stand that somebody may see.
struct OverviewView: Encodable {
  let counts: CaseCounts
  /// Of the cases received since the year began.
  let rates: RatesView
  let from: CalendarDate
  let through: CalendarDate
}
