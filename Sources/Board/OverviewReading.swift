import Cases
import Monitoring
import Time

/// What the overview is made from: sums alone.
struct OverviewReading: Hashable, Sendable {
  let counts: CaseCounts
  let all: Rates
  let stations: [OwnerRates]
  let departments: [OwnerRates]
  let days: [DayTrend]
  let categories: [CategoryCount]

  init(_ model: ReadModel, _ period: Period, at now: Instant, calendar: WorkingCalendar) throws {
    let today = TimeOffset.shanghai.date(of: now)
    let received = period.days(until: today)
    counts = try model.counts(at: now, calendar: calendar)
    let owners = try model.rates(of: nil, received: received, scope: .all, at: now)
    all = owners.reduce(Rates()) { $0 + $1.rates }
    stations = owners.filter { $0.owner?.kind == .station }
    departments = owners.filter { $0.owner?.kind == .department }
    days = try model.trend(days: period.charted(until: today), at: now)
    categories = try model.categories(received: received, at: now)
  }

  init(
    counts: CaseCounts, all: Rates, stations: [OwnerRates], departments: [OwnerRates], days: [DayTrend],
    categories: [CategoryCount]
  ) {
    self.counts = counts
    self.all = all
    self.stations = stations
    self.departments = departments
    self.days = days
    self.categories = categories
  }
}
