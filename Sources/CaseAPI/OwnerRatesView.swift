import Cases
import Monitoring
import Time

/// The rates of each owner, and of all of them together.
struct OwnerRatesView: Encodable {
  struct Line: Encodable {
    /// `nil`: of the cases that nobody owns yet.
    let owner: Owner?
    let rates: RatesView
  }

  let from: CalendarDate
  let through: CalendarDate
  let all: RatesView
  let owners: [Line]

  init(_ days: ClosedRange<CalendarDate>, _ owners: [OwnerRates]) {
    from = days.lowerBound
    through = days.upperBound
    all = RatesView(owners.reduce(Rates()) { $0 + $1.rates })
    self.owners = owners.map { Line(owner: $0.owner, rates: RatesView($0.rates)) }
  }
}
