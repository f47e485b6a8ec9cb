package import Time

extension Directory {
  /// Who comes after one who returned it: the first who was named for that and wasn't asked yet; at the last return that
  /// is allowed, and where nobody is left, the county's station.
  /// - Parameter day: from which on the owner's closed days are noted.
  package func reassign(_ returned: CaseEvent.Returned, on day: CalendarDate?) -> Assignment {
    let (from, tried) = (returned.from, returned.tried)
    let spent = Set(tried + [from.id, county.id])
    let start = "\(from.name)退回"
    if from.id == county.id {
      return assignment(county.owner, start + "，其上再无承办方，仍由\(county.name)办理", on: day)
    }
    if returned.count >= returned.limit ?? ReplyPolicy.standard.returns {
      return assignment(county.owner, start + "，这是第\(returned.count)次退回，由\(county.name)裁定", on: day)
    }
    guard let owner = returned.next.lazy.filter({ !spent.contains($0) }).compactMap({ self.owner($0) }).first else {
      return assignment(county.owner, start + "，已无其他承办方，由\(county.name)办理", on: day)
    }
    return handedOver(
      to: owner, from: from, tried: tried, next: returned.next, start + "，依次由\(owner.name)接办", on: day)
  }

  /// To whom it was transferred; to the county's station where nobody has that id.
  package func reassign(_ transferred: CaseEvent.Transferred, on day: CalendarDate?) -> Assignment {
    let from = transferred.from
    guard let owner = owner(transferred.to) else {
      return assignment(county.owner, "\(from.name)转办，名录中没有所转的承办方，由\(county.name)办理", on: day)
    }
    return handedOver(
      to: owner, from: from, tried: transferred.tried, next: transferred.next, "\(from.name)转由\(owner.name)办理", on: day)
  }

  /// Higher up: to whom it was asked for; to a deputy of the congress asked for, who carries it there; else to the station
  /// above.
  package func reassign(_ escalated: CaseEvent.Escalated, on day: CalendarDate?) -> Assignment {
    let from = escalated.from
    let station =
      escalated.supervisor.flatMap { self.station($0) } ?? supervisor(of: from, escalated.tried, escalated.next)
    let start = escalated.step == .ladder ? "\(from.name)逾期未办结，提级" : "\(from.name)请求提级"
    func handedOver(to owner: Owner, _ rest: String) -> Assignment {
      self.handedOver(
        to: owner, from: from, tried: escalated.tried,
        next: escalated.next + line(of: station.id).map(\.id), "\(start)，\(rest)", on: day)
    }
    if let to = escalated.to {
      guard let owner = owner(to) else {
        return assignment(county.owner, "\(start)，名录中没有所指的承办方，由\(county.name)办理", on: day)
      }
      return handedOver(to: owner, "由\(owner.name)办理")
    }
    if let level = escalated.level {
      let spent = Set(escalated.tried + [from.id])
      guard let congress = Congress(named: level), congress > .county,
        let deputy = carriers(of: congress, near: station.id).first(where: { !spent.contains($0.id) })
      else {
        return assignment(county.owner, "\(start)，名录中没有可以带往上级人大的代表，由\(county.name)办理", on: day)
      }
      return handedOver(to: deputy.owner, "由\(congress.word)人大代表\(deputy.name)带往\(congress.word)人大")
    }
    guard let parent = station.parent.flatMap({ self.station($0) }) else {
      let reason = from.id == county.id ? "其上再无承办方，仍由\(county.name)办理" : "由\(county.name)办理"
      return assignment(county.owner, "\(start)，\(reason)", on: day)
    }
    return handedOver(to: parent.owner, "由上级的\(parent.name)办理")
  }

  /// As somebody above has decided. Whoever watched over it goes on doing so.
  /// - Parameter reason: in words.
  package func decide(
    for owner: Owner, of summary: CaseSummary, _ reason: String, on day: CalendarDate
  ) -> Assignment {
    var assignment = handedOver(
      to: owner, from: summary.owner ?? county.owner, tried: summary.tried, next: [], reason, on: day)
    if let supervisor = summary.supervisor, supervisor.id != owner.id { assignment.supervisor = supervisor }
    return assignment
  }

  private func handedOver(
    to owner: Owner, from: Owner, tried: [String], next: [String], _ reason: String, on day: CalendarDate?
  ) -> Assignment {
    let spent = Set(tried + [from.id])
    let supervisor = owner.kind == .station ? nil : supervisor(of: from, tried, next)
    var assignment = assignment(
      owner, reason, supervisor: supervisor, then: next.filter { !spent.contains($0) }, on: day)
    if case .deputy(let deputy, _)? = deputy(owner.id), let level = deputy.level, level > .county {
      assignment.carried = true
    }
    return assignment
  }

  /// The station that answers for what one has in hand: itself where it is one; else the first that would come next, or
  /// the last that was asked; else the county's.
  private func supervisor(of from: Owner, _ tried: [String], _ next: [String]) -> Station {
    if from.kind == .station, let station = station(from.id) { return station }
    return next.lazy.compactMap { self.station($0) }.first { $0.id != county.id }
      ?? tried.reversed().lazy.compactMap { self.station($0) }.first ?? county
  }
}
