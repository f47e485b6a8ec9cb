import Cases

/// Whom the page speaks for: the deputy, station or activity of the code that was scanned, else the county's station.
struct Addressee {
  let deputy: String?
  let activity: String?
  let station: Directory.Station
  /// A code was scanned that does not count now; the county's station takes care of it.
  let fault: Scan.Standing?

  init(_ scan: Scan?, in directory: Directory) {
    var deputy: String?
    var station: Directory.Station?
    if let scan, scan.standing == .valid, let holder = scan.holder {
      switch scan.kind {
      case .deputy:
        if case .deputy(let found, at: let home) = directory.deputy(holder) { (deputy, station) = (found.name, home) }
      case .station, .activity: station = directory.station(holder)
      case nil: break
      }
    }
    self.deputy = deputy
    self.station = station ?? directory.county
    activity = station == nil ? nil : scan?.activity
    // A code of somebody who has left the directory stands for nobody.
    fault = station == nil ? scan.map { $0.standing == .valid ? .unknown : $0.standing } : nil
  }

  func title(_ words: PhoneWords) -> String {
    if let activity { return activity }
    if let deputy { return PhoneWords.fill(words.toDeputy, deputy) }
    return PhoneWords.fill(words.toStation, station.name)
  }

  /// The line under the title, where that does not say it all.
  var under: String? {
    if deputy != nil || activity != nil { return station.name }
    return station.region
  }

  func notice(_ words: PhoneWords) -> String? {
    switch fault {
    case .unknown: words.codeUnknown
    case .revoked: words.codeRevoked
    case .expired: words.codeExpired
    case .early: words.codeEarly
    case .valid, nil: nil
    }
  }

  /// 公示: what the station's board tells everyone.
  func profile(_ words: PhoneWords, dutyTimes: String?) -> [FormPage.Fact] {
    let facts = [
      (words.deputy, deputy), (words.activity, activity), (words.station, Optional(station.name)),
      (words.region, station.region), (words.dutyTimes, dutyTimes),
    ]
    return facts.compactMap { label, value in value.map { FormPage.Fact(label: label, value: $0) } }
  }
}
