import Time

extension Directory {
  /// The matter is this station's, unless it isn't to handle such, or the county can't.
  func settle(_ finding: Finding, _ matter: Matter) -> Assignment {
    let station = finding.station
    let specialist = specialist(in: matter.category, at: finding.land)
    let department = department(inChargeOf: matter.category, at: finding.land)
    let power = power(of: station)
    let takes = station.categories.contains(matter.category)
    let others = matter.doubt == nil ? [specialist?.id, department?.id].compactMap(\.self) : []
    let above = line(of: station.id).map(\.id)
    var assignment: Assignment?
    if matter.doubt == nil, !takes, power.map({ !$0.contains(matter.category) }) ?? true {
      if specialist == nil, let above = congressAbove(inChargeOf: matter.category, at: finding.land) {
        assignment = carried(above, fact: matter.hint + finding.fact + "；", station: station, matter)
      } else if power != nil, let owner = specialist?.owner ?? department?.owner, owner.id != station.id {
        assignment = self.assignment(
          owner,
          matter.hint
            + "\(finding.fact)；“\(matter.category)”类不在\(station.name)职权内，由\(owner.name)承办，\(station.name)跟踪督办",
          matter, supervisor: station, then: above)
      }
    }
    var settled =
      assignment
      ?? self.assignment(
        station.owner,
        matter.hint + finding.fact
          + (finding.attendant.map { "，由\(finding.agent)主办，\($0.name)协办" } ?? "，由\(finding.agent)办理"),
        matter, then: ([finding.attendant?.id].compactMap(\.self) + others + above))
    if let attendant = finding.attendant, attendant.id != settled.owner.id { settled.attendant = attendant.owner }
    return settled
  }

  func settleWithoutPlace(_ matter: Matter) -> Assignment {
    let category = matter.category
    if let doubt = matter.doubt {
      return assignment(county.owner, matter.hint + "\(doubt)，由\(county.name)研判", matter)
    }
    let specialist = specialist(in: category)
    let department = department(inChargeOf: category)
    if let specialist {
      return assignment(
        specialist.owner, matter.hint + "属“\(category)”类，由\(specialist.name)专门受理", matter,
        then: [department?.id].compactMap(\.self) + line(of: specialist.id).map(\.id))
    }
    if let department {
      return assignment(
        department.owner, matter.hint + "属“\(category)”类，由\(department.name)承办", matter, supervisor: county, then: [])
    }
    if let above = congressAbove(inChargeOf: category, at: nil) {
      return carried(above, fact: matter.hint, station: county, matter)
    }
    return assignment(
      county.owner, matter.hint + "无代表码、地址可依，“\(category)”类也没有承办单位，由\(county.name)办理", matter)
  }

  /// 超出县级权限的，由相应层级代表带往本级人大.
  private func carried(
    _ above: (level: Congress, department: Department), fact: String, station: Station, _ matter: Matter
  ) -> Assignment {
    let word = above.level.word
    let fact = fact + "“\(matter.category)”类由\(above.department.name)主管，超出县级权限"
    let deputies = carriers(of: above.level, near: station.id)
    guard let first = deputies.first else {
      return assignment(county.owner, fact + "，名录中又没有\(word)人大代表可以带往，由\(county.name)办理", matter)
    }
    var assignment = assignment(
      first.owner, fact + "，由\(word)人大代表\(first.name)带往\(word)人大，\(station.name)跟踪督办", matter, supervisor: station,
      then: deputies.dropFirst().map(\.id) + line(of: station.id).map(\.id))
    assignment.carried = true
    return assignment
  }

  /// First-level categories in a station's power; `nil`: everything.
  func power(of station: Station) -> [String]? {
    line(of: station.id).lazy.compactMap(\.handles).first
  }

  /// - Parameter then: ids of those who may come next; the owner, strangers, repetitions and the county's station, which
  ///   comes last of all, are taken care of here.
  func assignment(
    _ owner: Owner, _ reason: String, _ matter: Matter, supervisor: Station? = nil, then: [String] = []
  ) -> Assignment {
    assignment(owner, reason, supervisor: supervisor, then: then, on: matter.day)
  }

  func assignment(
    _ owner: Owner, _ reason: String, supervisor: Station? = nil, then: [String] = [], on day: CalendarDate?
  ) -> Assignment {
    var next: [String] = []
    var seen: Set = [owner.id, county.id]
    for id in then where self.owner(id) != nil && seen.insert(id).inserted { next.append(id) }
    return Assignment(
      owner: owner, reason: reason, directory: version,
      supervisor: supervisor.flatMap { $0.id == owner.id ? nil : $0.owner },
      next: owner.id == county.id ? nil : next + [county.id],
      closedDays: day.flatMap { closedDays(of: owner, from: $0) })
  }

  /// In order; `nil` for none.
  private func closedDays(of owner: Owner, from day: CalendarDate) -> [CalendarDate]? {
    guard owner.kind == .station, let closed = station(owner.id)?.closed, !closed.isEmpty else { return nil }
    let days = (0..<Self.closedDaysAhead).map { day.advanced(byDays: $0) }
      .filter { day in closed.contains { $0.contains(day) } }
    return days.isEmpty ? nil : days
  }
}
