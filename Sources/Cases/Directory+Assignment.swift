extension Directory {
  /// Who must act, and why: the station of the scanned code, or the county's where that code isn't valid; else the station whose place stands in the address; else
  /// that of the place which the text is about; else the department in charge of the category, unless there is doubt; else
  /// the county's station.
  /// - Parameters:
  ///   - code: as it was scanned; looked up here only where there is no `scan`.
  ///   - scan: what that code was, where a gateway could tell.
  ///   - region: id of a station, as ``TextReading`` has it; an unknown one, and the county's, decides nothing.
  ///   - doubt: why no department may be chosen by the category, and a person at the county's station must look first.
  package func assign(
    code: String?, scan: Scan? = nil, address: String?, region: String? = nil, category: String, doubt: String? = nil
  ) -> Assignment {
    if let scan {
      if let assignment = assignment(by: scan) { return assignment }
    } else if let code, let holder = holder(ofCode: code) {
      return assignment(by: holder)
    }
    let hint = code == nil ? "" : "所扫的码不在名录中；"
    if let address, let (station, term) = station(inAddress: address) {
      return assignment(station.owner, hint + "地址中有“\(term)”，由\(station.name)办理")
    }
    if let region, let station = self.station(region), station.level != .county {
      return assignment(station.owner, hint + "意见说的是\(station.region ?? station.name)的事，由\(station.name)办理")
    }
    if let doubt { return assignment(county.owner, hint + "\(doubt)，由\(county.name)研判") }
    if let department = department(inChargeOf: category) {
      return assignment(department.owner, hint + "属“\(category)”类，由\(department.name)承办")
    }
    return assignment(county.owner, hint + "无代表码、地址可依，“\(category)”类也没有承办单位，由\(county.name)办理")
  }

  private func assignment(by holder: CodeHolder, activity: String? = nil) -> Assignment {
    let station = holder.station
    return switch holder {
    case .station where activity != nil:
      assignment(station.owner, "扫的是活动“\(activity ?? "")”的码，由承办的\(station.name)办理")
    case .station: assignment(station.owner, "扫的是\(station.name)的码，由该站办理")
    case .deputy(let deputy, _):
      assignment(station.owner, "扫的是代表\(deputy.name)的码，由其所在的\(station.name)办理")
    }
  }

  /// `nil` for the code of someone who isn't in this directory.
  private func assignment(by scan: Scan) -> Assignment? {
    let fault =
      switch scan.standing {
      case .valid: ""
      case .revoked: "已停用"
      case .expired: "已过有效期"
      case .early: "尚未启用"
      case .unknown: "无法识别"
      }
    guard scan.standing == .valid else { return assignment(county.owner, "所扫的码\(fault)，由\(county.name)办理") }
    guard let id = scan.holder else { return nil }
    switch scan.kind {
    case .deputy: return deputy(id).map { assignment(by: $0) }
    case .station: return station(id).map { assignment(by: .station($0)) }
    case .activity: return station(id).map { assignment(by: .station($0), activity: scan.activity ?? "") }
    case nil: return nil
    }
  }

  private func assignment(_ owner: Owner, _ reason: String) -> Assignment {
    Assignment(owner: owner, reason: reason, directory: version)
  }

  /// The township's or village's station of which the most stands in the address, a village's township counted in: so
  /// of two villages of one name the one in the right township is found. The county's own name decides nothing.
  private func station(inAddress address: String) -> (Station, term: String)? {
    // An address is short; of one that isn't, the beginning must do.
    let address = Array(address.utf8.prefix(3000))
    var found: [String: String] = [:]
    for station in stations where station.level != .county {
      let terms = [station.name] + [station.region].compactMap(\.self) + station.aliases
      found[station.id] = terms.filter { address.holds($0.utf8) }.max { $0.utf8.count < $1.utf8.count }
    }
    var best: (station: Station, term: String, matched: Int)?
    for station in stations {
      guard let term = found[station.id] else { continue }
      let above = station.level == .village ? station.parent.flatMap { found[$0] } : nil
      let matched = term.utf8.count + (above?.utf8.count ?? 0)
      if let best {
        let isLonger = matched > best.matched
        let isNearer = matched == best.matched && station.level == .village && best.station.level == .township
        guard isLonger || isNearer else { continue }
      }
      best = (station, term, matched)
    }
    return best.map { ($0.station, $0.term) }
  }
}

extension [UInt8] {
  fileprivate func holds(_ part: String.UTF8View) -> Bool {
    let part = Array(part)
    guard let first = part.first, part.count <= count else { return false }
    return indices.dropLast(part.count - 1).contains { self[$0] == first && self[$0...].starts(with: part) }
  }
}
