import CaseStories
import Cases
import Monitoring
import Time

/// All that a read model answers of a town: equal for models that say the same.
struct ModelPicture: Equatable {
  let histories: [CaseHistory?]
  let told: [[ToldLine]]
  let contacts: [Citizen?]
  let lists: [CaseListing]
  let duties: [[CaseID]]
  let counts: [CaseCounts]
  let rates: [[OwnerRates]]
  let trend: [DayTrend]
  let categories: [CategoryCount]
  let letters: DeadLetterListing
  let parkedKeys: Int
  let undelivered: Int
  let arriving: Arriving
  let owners: [Owner]
  let undecodable: [ReadModel.Undecodable]
  let ofCitizens: [[CaseSummary]]

  init(of model: ReadModel, _ town: Town, at now: Instant) throws {
    let ids = town.stories.map(\.id)
    let calendar = WorkingCalendar.builtIn
    histories = try ids.map { try model.history(of: $0) }
    told = try ids.map { try model.told(of: $0) }
    contacts = try ids.map { try model.contact(of: $0) }
    let scopes = [CaseScope.all, .held(by: "station-1"), .held(by: "deputy-2")]
    lists = try scopes.flatMap { scope in
      try CaseQuery.Standing.allCases.map { standing in
        try model.lines(CaseQuery(scope: scope, standing: standing, limit: 1000), at: now, calendar: calendar)
      }
    }
    duties = try scopes.flatMap { scope in
      try CaseDuty.allCases.map { duty in
        let (lines, total) = try model.cases(with: duty, in: scope, limit: 1000, at: now)
        guard lines.count == total else { return [] }
        return lines.map(\.id)
      }
    }
    counts = try scopes.map { try model.counts(at: now, calendar: calendar, scope: $0) }
    rates = try scopes.map { try model.rates(of: nil, received: Self.days, scope: $0, at: now) }
    trend = try model.trend(days: Self.days, at: now)
    categories = try model.categories(received: Self.days, at: now)
    letters = try model.deadLetters(after: nil, limit: 100)
    parkedKeys = try model.parkedKeys()
    undelivered = try model.undelivered()
    arriving = try model.arriving(at: now)
    owners = try model.ownersInCharge()
    undecodable = try model.undecodable()
    ofCitizens = try (0..<9).map { try model.cases(of: "o-\($0)", limit: 100) }
  }

  static let days =
    (CalendarDate("2026-08-01") ?? .earliest)...(CalendarDate("2026-11-30") ?? .latest)
}
