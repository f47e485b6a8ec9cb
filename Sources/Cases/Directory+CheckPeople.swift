import Time

extension Directory {
  /// How many days a floating deputy's residence counts as known: half a year, which every half-yearly look keeps.
  package static let confirmationLasts = 184
}

extension Directory.Check {
  mutating func checkDeputies() {
    let hasGrids = contents.regions.contains(where: \.isGrid)
    for (index, deputy) in contents.deputies.enumerated() {
      let entry = Directory.Entry.deputy(index)
      checkID(deputy.id, name: deputy.name, of: "deputy", entry)
      checkCodes(deputy.codes, of: "deputy \(deputy.id)", entry)
      if stations[deputy.station] == nil {
        error(entry, "deputy \(deputy.id) is at the unknown station \(deputy.station)")
      } else if contents.profile.deputiesAreInVillageStations, !isVillage(deputy.station) {
        error(entry, "deputy \(deputy.id) is at station \(deputy.station), which is not a village's or a community's")
      }
      if let grid = deputy.grid {
        if regions[grid]?.isGrid != true { error(entry, "deputy \(deputy.id) is in the unknown grid \(grid)") }
      } else if hasGrids {
        warn(entry, "deputy \(deputy.id) has no grid")
      }
      let texts = deputy.skills + deputy.groups.flatMap { [$0.name, $0.reason] }
      if texts.contains(where: Self.isBlank) { error(entry, "deputy \(deputy.id) has an empty skill, group or reason") }
      checkResidence(of: deputy, entry)
      checkContacts(of: deputy, entry)
    }
  }

  private func isVillage(_ station: String) -> Bool {
    stations[station].map { $0.level == .village || $0.level == .community } ?? false
  }

  private mutating func checkResidence(of deputy: Directory.Deputy, _ entry: Directory.Entry) {
    for (station, word) in [(deputy.home, "elected"), (deputy.residence, "living")] {
      if let station, stations[station] == nil {
        error(entry, "deputy \(deputy.id) is \(word) at the unknown station \(station)")
      }
    }
    if deputy.residence != nil, deputy.home == nil {
      error(entry, "deputy \(deputy.id) has a residence and no home, so it can't be told where the deputy was elected")
    }
    guard deputy.isFloating else { return }
    if deputy.station != deputy.home, deputy.station != deputy.residence ?? deputy.station {
      warn(entry, "floating deputy \(deputy.id) is at a station of neither home nor residence")
    }
    guard let confirmed = deputy.confirmed else {
      let message = "the residence of floating deputy \(deputy.id) was never confirmed"
      return contents.profile.floatingDeputiesAreConfirmed ? error(entry, message) : warn(entry, message)
    }
    guard let today else { return }
    if confirmed > today {
      warn(entry, "the residence of floating deputy \(deputy.id) was confirmed on \(confirmed), which is yet to come")
    } else if confirmed.advanced(byDays: Directory.confirmationLasts) < today {
      warn(
        entry, "the residence of floating deputy \(deputy.id) was last confirmed on \(confirmed), over half a year ago")
    }
  }

  private mutating func checkContacts(of deputy: Directory.Deputy, _ entry: Directory.Entry) {
    let contacts = deputy.contacts ?? Directory.Deputy.Contacts()
    for (number, other) in contacts.deputies.enumerated() {
      if deputies[other] == nil {
        error(entry, "deputy \(deputy.id) keeps in touch with the unknown deputy \(other)")
      } else if other == deputy.id || contacts.deputies[..<number].contains(other) {
        error(entry, "deputy \(deputy.id) can't keep in touch with \(other == deputy.id ? "itself" : "\(other) twice")")
      }
    }
    for count in [contacts.voters, contacts.households].compactMap(\.self) where count < 0 {
      error(entry, "deputy \(deputy.id) keeps in touch with \(count), less than none")
    }
    for bound in contents.profile.bounds where deputy.level.map(bound.levels.contains) ?? false {
      let count =
        switch bound.contact {
        case .voters: contacts.voters ?? 0
        case .households: contacts.households ?? 0
        case .deputies: contacts.deputies.count
        }
      if !bound.range.contains(count) {
        let (least, most) = (bound.range.lowerBound, bound.range.upperBound)
        let wanted = least == most ? "\(least)" : "\(least) to \(most)"
        warn(entry, "deputy \(deputy.id) keeps in touch with \(count) \(bound.contact.rawValue), not \(wanted)")
      }
    }
  }

  mutating func checkHeads() {
    var named: [String: [String]] = [:]
    for (index, deputy) in contents.deputies.enumerated() {
      guard let station = deputy.headOf else { continue }
      if stations[station] == nil {
        error(.deputy(index), "deputy \(deputy.id) is head of the unknown station \(station)")
      }
      named[station, default: []].append(deputy.id)
    }
    var headed: [String: String] = [:]
    for (index, station) in contents.stations.enumerated() {
      let entry = Directory.Entry.station(index)
      if let head = station.head, deputies[head] == nil {
        error(entry, "station \(station.id) has the unknown head \(head)")
        continue
      }
      var heads: [String] = []
      for head in [station.head].compactMap(\.self) + (named[station.id] ?? []) where !heads.contains(head) {
        heads.append(head)
      }
      if heads.count > 1 {
        error(entry, "station \(station.id) has \(heads.count) heads: \(heads.joined(separator: ", "))")
        continue
      }
      let head = heads.first.flatMap { deputies[$0] }
      if let head {
        if ![head.station, head.home, head.residence].contains(station.id) {
          warn(entry, "station \(station.id) has the head \(head.id), who is at station \(head.station)")
        }
        if let other = headed.updateValue(station.id, forKey: head.id) {
          warn(entry, "station \(station.id) has the head \(head.id), who is head of \(other) already")
        }
      }
      if contents.profile.villageStationsHaveCountyHeads, isVillage(station.id),
        station.kind == Directory.Station.general,
        head?.level != .county
      {
        error(entry, "station \(station.id) is not headed by a county deputy")
      }
    }
    warnOfSpecialists()
  }

  private mutating func warnOfSpecialists() {
    var takers: [String: String] = [:]
    for (index, station) in contents.stations.enumerated() {
      for category in station.categories {
        guard let other = takers.updateValue(station.id, forKey: "\(station.parent ?? "") \(category)") else {
          continue
        }
        warn(.station(index), "station \(station.id) takes \(category), which \(other) takes already")
      }
    }
  }
}
