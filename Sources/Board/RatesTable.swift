import Cases
import Monitoring

/// The three rates of each station, or of each department.
struct RatesTable {
  struct Line {
    let name: String
    let received: Int
    let response, responseParts: String
    let resolution, resolutionParts: String
    let satisfaction, satisfactionParts: String
  }

  let heading: String
  let lines: [Line]
  let isEmpty: Bool

  init(_ heading: String, _ words: OverviewWords, _ owners: [OwnerRates]) {
    self.heading = heading
    lines = owners.map { owner in
      let rates = owner.rates
      return Line(
        name: owner.owner?.name ?? words.nobody, received: rates.received,
        response: OverviewPage.percent(rates.response), responseParts: "\(rates.inTime)/\(rates.due)",
        resolution: OverviewPage.percent(rates.resolution), resolutionParts: "\(rates.settled)/\(rates.closed)",
        satisfaction: OverviewPage.percent(rates.satisfaction),
        satisfactionParts: "\(rates.satisfied + rates.fair)/\(rates.rated)")
    }
    isEmpty = lines.isEmpty
  }
}
