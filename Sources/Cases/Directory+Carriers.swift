extension Directory {
  /// The most deputies who are asked in turn to take one matter to their congress.
  static let maximumCarriers = 4

  /// Deputies of a congress above the county's, those at the station first, then those of the land around it.
  func carriers(of congress: Congress, near station: String) -> [Deputy] {
    var found: [Deputy] = []
    for above in line(of: station) {
      for deputy in carriers[above.id]?[congress] ?? [] where !found.contains(where: { $0.id == deputy.id }) {
        found.append(deputy)
        if found.count == Self.maximumCarriers { return found }
      }
    }
    return found
  }

  /// By station the first deputies of each congress above the county's who are there or further down.
  static func carriers(_ deputies: [Deputy], _ stations: [String: Station]) -> [String: [Congress: [Deputy]]] {
    var carriers: [String: [Congress: [Deputy]]] = [:]
    for deputy in deputies {
      guard let level = deputy.level, level > .county else { continue }
      for station in sequence(first: stations[deputy.station], next: { $0?.parent.map { stations[$0] } ?? nil }) {
        guard let station else { break }
        // One more than are asked: the owner isn't asked again.
        if carriers[station.id]?[level]?.count ?? 0 <= maximumCarriers {
          carriers[station.id, default: [:]][level, default: []].append(deputy)
        }
      }
    }
    return carriers
  }

  /// The congress above the county's in whose government a department is in charge of a category in a place; `nil` where
  /// the county's own, or nobody's, is.
  func congressAbove(inChargeOf category: String, at place: String?) -> (level: Congress, department: Department)? {
    guard department(inChargeOf: category, at: place) == nil else { return nil }
    for level in Congress.allCases where level > .county {
      if let department = department(inChargeOf: category, at: place, level: level) { return (level, department) }
    }
    return nil
  }
}
