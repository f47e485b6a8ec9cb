package import Time

extension Directory {
  /// How far ahead an owner's closed days are noted.
  package static let closedDaysAhead = 60

  /// Who must act, and why. In order:
  ///
  /// 1. The station of the scanned code, or the county's where that code isn't valid. Of a floating deputy's two stations
  ///    the one where the deputy lives leads, unless the matter lies in the home constituency; the other one attends.
  /// 2. The station whose place stands in the address; where the text is about another's, that one attends.
  /// 3. The station of the place which the text is about.
  /// 4. Where no place is known: a topic-specialised station, then the department in charge of the category, unless there
  ///    is doubt.
  /// 5. The county's station.
  ///
  /// A station that isn't to handle the category hands it on (see ``Station/handles``), and what only a higher level's
  /// department is in charge of is carried by a deputy to that level's congress; the station goes on supervising both.
  /// - Parameters:
  ///   - code: as it was scanned; looked up here only where there is no `scan`.
  ///   - scan: what that code was, where a gateway could tell.
  ///   - region: id of a station or region, as ``TextReading`` has it; an unknown one, and the county's, decides nothing.
  ///   - doubt: why nothing may be decided by the category, and a person at the county's station must look first where no
  ///     place decides.
  ///   - day: from which on the owner's closed days are noted.
  package func assign(
    code: String?, scan: Scan? = nil, address: String?, region: String? = nil, category: String, doubt: String? = nil,
    on day: CalendarDate? = nil
  ) -> Assignment {
    let stated = address.flatMap { place(inAddress: $0) }
    let told = region.flatMap { place($0) }
    var matter = Matter(category: category, doubt: doubt, day: day, hint: code == nil ? "" : "所扫的码不在名录中；")
    if let scan {
      if let fault = scan.standing.fault {
        return assignment(county.owner, "所扫的码\(fault)，由\(county.name)办理", matter)
      }
      if let finding = finding(by: scan, at: stated ?? told) {
        matter.hint = ""
        return settle(finding, matter)
      }
    } else if let code, let holder = holder(ofCode: code) {
      matter.hint = ""
      return settle(finding(by: holder, at: stated ?? told), matter)
    }
    if let stated { return settle(finding(stated, told: told), matter) }
    if let told {
      return settle(
        Finding(station: told.station, land: told.land, fact: "意见说的是\(told.term)的事", agent: told.station.name),
        matter)
    }
    return settleWithoutPlace(matter)
  }

  /// What is to be decided on, beside its place.
  struct Matter {
    var category: String
    var doubt: String?
    var day: CalendarDate?
    /// What is said before every reason.
    var hint: String
  }

  /// A station that was found, and by what.
  struct Finding {
    var station: Station
    /// The id of the station or region in which the matter lies.
    var land: String
    var attendant: Station?
    var fact: String
    /// What a reason calls the station.
    var agent: String
  }

  private func place(_ id: String) -> Place? {
    if let region = region(id), let station = station(serving: region) {
      return Place(station: station, region: region, term: region.name)
    }
    guard let station = station(id), station.id != county.id else { return nil }
    return Place(station: station, term: station.region ?? station.name)
  }

  private func finding(_ stated: Place, told: Place?) -> Finding {
    let named = "地址中有“\(stated.term)”"
    let fact = stated.region.map { named + ($0.isGrid ? "，是\(stated.station.name)的网格" : "，属\(stated.station.name)") }
    var finding = Finding(
      station: stated.station, land: stated.land, fact: fact ?? named, agent: stated.station.name)
    if let told, !isOneLine(told.station, stated.station) {
      finding.fact += "，意见又说到\(told.term)"
      finding.attendant = told.station
    }
    return finding
  }

  /// Whether one station stands above the other, or both are one.
  private func isOneLine(_ one: Station, _ other: Station) -> Bool {
    line(of: one.id).contains { $0.id == other.id } || line(of: other.id).contains { $0.id == one.id }
  }

  /// `nil` for the code of someone who isn't in this directory.
  private func finding(by scan: Scan, at place: Place?) -> Finding? {
    guard let id = scan.holder else { return nil }
    switch scan.kind {
    case .deputy: return deputy(id).map { finding(by: $0, at: place) }
    case .station: return station(id).map { finding(by: .station($0), at: place) }
    case .activity:
      return station(id).map { station in
        var finding = finding(by: .station(station), at: place)
        (finding.fact, finding.agent) = ("扫的是活动“\(scan.activity ?? "")”的码", "承办的\(station.name)")
        return finding
      }
    case nil: return nil
    }
  }

  private func finding(by holder: CodeHolder, at place: Place?) -> Finding {
    let station = holder.station
    // A code says whom someone turns to; the land is finer only where the matter lies in that station's.
    func land(of station: Station) -> String {
      guard let place, lands(around: place.land).contains(station.id) else { return station.id }
      return place.land
    }
    guard case .deputy(let deputy, _) = holder else {
      return Finding(station: station, land: land(of: station), fact: "扫的是\(station.name)的码", agent: "该站")
    }
    guard deputy.isFloating, let home = deputy.home.flatMap({ self.station($0) }),
      let residence = self.station(deputy.residence ?? deputy.station)
    else {
      return Finding(
        station: station, land: land(of: station), fact: "扫的是代表\(deputy.name)的码", agent: "其所在的\(station.name)")
    }
    let isAtHome = place.map { lands(around: $0.land).contains(home.id) } ?? false
    let isAtResidence = place.map { lands(around: $0.land).contains(residence.id) } ?? false
    // Where one of the two lies in the other, the nearer one counts.
    let homeLeads = isAtHome && (!isAtResidence || line(of: home.id).contains { $0.id == residence.id })
    let fact = "扫的是流动代表\(deputy.name)的码"
    return homeLeads
      ? Finding(
        station: home, land: land(of: home), attendant: residence, fact: fact + "，事在其原选区", agent: "原选区的\(home.name)")
      : Finding(
        station: residence, land: land(of: residence), attendant: home, fact: fact, agent: "其现居住地的\(residence.name)")
  }
}

extension Directory.Place {
  /// The id of the region, or else of the station.
  var land: String { region?.id ?? station.id }
}

extension Scan.Standing {
  /// `nil` for a valid code.
  fileprivate var fault: String? {
    switch self {
    case .valid: nil
    case .revoked: "已停用"
    case .expired: "已过有效期"
    case .early: "尚未启用"
    case .unknown: "无法识别"
    }
  }
}
