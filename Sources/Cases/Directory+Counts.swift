extension Directory {
  /// A place where one or several stations have their signs.
  package struct Site: Hashable, Sendable {
    /// The highest first, among equals in the operator's order: under the first one's level the site is counted.
    package var stations: [Station]
  }

  /// Each place once, however many signs hang there (两个牌子、一个场所只计一次).
  package var sites: [Site] {
    var signs: [String: [Station]] = [:]
    var order: [String] = []
    for station in stations {
      // The id of a station is never that of a site: it has no space.
      let site = station.site.map { "site \($0)" } ?? station.id
      if signs[site] == nil { order.append(site) }
      signs[site, default: []].append(station)
    }
    return order.compactMap { site in
      guard let stations = signs[site] else { return nil }
      let ranked = stations.enumerated().sorted {
        ($0.element.level.rank, $0.offset) < ($1.element.level.rank, $1.offset)
      }
      return Site(stations: ranked.map(\.element))
    }
  }

  /// How much of everything there is, line by line, for an operator.
  package var counts: [String] {
    func list(_ counts: [(String, Int)]) -> String {
      let parts = counts.filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }
      return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }
    let levels = Station.Level.allCases
    let sites = sites
    let specialised = stations.count { $0.kind != Station.general }
    let byLevel = Congress.allCases.reversed().map { level in
      (level.rawValue, deputies.count { $0.level == level })
    }
    let grids = regions.count(where: \.isGrid)
    return [
      "stations: \(stations.count)"
        + list(levels.map { level in (level.rawValue, stations.count { $0.level == level }) })
        + (specialised > 0 ? ", \(specialised) of them specialised" : ""),
      "sites: \(sites.count)"
        + list(levels.map { level in (level.rawValue, sites.count { $0.stations[0].level == level }) }),
      "regions: \(regions.count - grids)",
      "grids: \(grids)",
      "departments: \(departments.count)"
        + list(Congress.allCases.map { level in (level.rawValue, departments.count { $0.level == level }) }),
      "deputies: \(deputies.count)" + list(byLevel + [("level not said", deputies.count { $0.level == nil })]),
      "floating deputies: \(deputies.count(where: \.isFloating))",
    ]
  }
}
