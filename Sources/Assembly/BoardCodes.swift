import Cases
import Codes
import Time

/// What a scanned code is, be it a sealed token or one that the operator's directory lists as it stands on an old board.
struct BoardCodes: CodeScanner {
  let directory: @Sendable () -> Directory
  let codes: CodeFollower

  func scan(_ token: String, at time: Instant) -> Scan {
    switch directory().holder(ofCode: token) {
    case .station(let station): Scan(standing: .valid, kind: .station, holder: station.id)
    case .deputy(let deputy, _): Scan(standing: .valid, kind: .deputy, holder: deputy.id)
    case nil: codes.scan(token, at: time)
    }
  }
}

extension Directory {
  /// Whose a valid code is, in words for a citizen.
  func holder(of scan: Scan) -> String {
    if let activity = scan.activity { return activity }
    let id = scan.holder ?? ""
    switch scan.kind {
    case .deputy:
      guard case .deputy(let deputy, let station) = deputy(id) else { return county.name }
      return "\(station.name) \(deputy.name)代表"
    case .station, .activity, nil: return station(id)?.name ?? county.name
    }
  }
}
