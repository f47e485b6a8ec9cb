/// Who there is to act: stations in a tree, departments by what they are in charge of, deputies at their stations, and the
/// land that is theirs.
///
/// One that exists has been checked; see ``init(version:contents:placedAt:)``.
package struct Directory: Hashable, Sendable {
  /// Stands in every assignment that was decided with it.
  package let version: String
  package let contents: Contents

  /// The root of the stations, in a county 县级联络总站: where everything goes that nobody else is in charge of.
  package let county: Station

  /// How far from the root, by station; the root is at 0.
  let depths: [String: Int]
  let index: PlaceIndex
  let carriers: [String: [Congress: [Deputy]]]
  private let stationsByID: [String: Station]
  private let regionsByID: [String: Region]
  private let departmentsByID: [String: Department]
  private let deputiesByID: [String: CodeHolder]
  private let holdersByCode: [String: CodeHolder]
  private let departmentsByCategory: [String: [Department]]
  private let specialistsByCategory: [String: [Station]]

  /// Whose code it is. Either way a station acts.
  package enum CodeHolder: Hashable, Sendable {
    case station(Station)
    case deputy(Deputy, at: Station)

    package var station: Station {
      switch self {
      case .station(let station), .deputy(_, at: let station): station
      }
    }
  }

  /// - Parameters:
  ///   - version: `nil`: a digest of the contents.
  ///   - place: where an entry was read, for the faults found in it.
  /// - Throws: ``InvalidDirectory`` with every fault there is; see ``Check``.
  package init(
    version: String?, contents: Contents, placedAt place: @escaping (Entry) -> Source? = { _ in nil }
  ) throws(InvalidDirectory) {
    try self.init(version: version, Check(contents, place: place))
  }

  /// - Throws: ``InvalidDirectory`` with the errors that were found.
  package init(version: String?, _ check: Check) throws(InvalidDirectory) {
    guard let root = check.root, check.errors.isEmpty else { throw InvalidDirectory(check.errors) }
    self.init(checked: version, root: root, check.contents)
  }

  package init(
    version: String, stations: [Station], departments: [Department] = [], deputies: [Deputy] = [],
    placedAt place: @escaping (Entry) -> Source? = { _ in nil }
  ) throws(InvalidDirectory) {
    let contents = Contents(stations: stations, departments: departments, deputies: deputies)
    try self.init(version: version, contents: contents, placedAt: place)
  }

  private init(checked version: String?, root: Station, _ given: Contents) {
    let contents = given.sorted
    self.version = version ?? "sha256-" + DirectoryEntry.digest(of: contents.entries).prefix(12)
    self.contents = contents
    county = root
    stationsByID = Dictionary(contents.stations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    regionsByID = Dictionary(contents.regions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    departmentsByID = Dictionary(contents.departments.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var holders: [String: CodeHolder] = [:]
    var specialists: [String: [Station]] = [:]
    for station in contents.stations {
      for code in station.codes { holders[code] = .station(station) }
      for category in station.categories { specialists[category, default: []].append(station) }
    }
    var deputiesByID: [String: CodeHolder] = [:]
    for deputy in contents.deputies {
      let holder = stationsByID[deputy.station].map { CodeHolder.deputy(deputy, at: $0) }
      deputiesByID[deputy.id] = holder
      for code in deputy.codes { holders[code] = holder }
    }
    self.deputiesByID = deputiesByID
    holdersByCode = holders
    specialistsByCategory = specialists
    departmentsByCategory = contents.departments.reduce(into: [:]) { byCategory, department in
      for category in department.categories { byCategory[category, default: []].append(department) }
    }
    depths = Self.depths(contents.stations, stationsByID)
    index = PlaceIndex(contents)
    carriers = Self.carriers(contents.deputies, stationsByID)
  }

  /// For those who gave none: one county station that is in charge of all.
  package static let builtIn: Directory = {
    let county = Station(id: "county", name: "县级代表联络总站", level: .county)
    return Directory(checked: "built-in-1", root: county, Contents(stations: [county]))
  }()

  package static func == (left: Directory, right: Directory) -> Bool {
    left.version == right.version && left.contents == right.contents
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(version)
    hasher.combine(contents)
  }
}

extension Directory {
  package var profile: Profile { contents.profile }
  /// In the operator's order.
  package var stations: [Station] { contents.stations }
  /// By id, as those that follow.
  package var regions: [Region] { contents.regions }
  package var departments: [Department] { contents.departments }
  package var deputies: [Deputy] { contents.deputies }

  package func station(_ id: String) -> Station? { stationsByID[id] }
  package func region(_ id: String) -> Region? { regionsByID[id] }
  package func department(_ id: String) -> Department? { departmentsByID[id] }
  /// The deputy of that id, with the station that acts.
  package func deputy(_ id: String) -> CodeHolder? { deputiesByID[id] }
  package func holder(ofCode code: String) -> CodeHolder? { holdersByCode[code] }

  /// Whoever can be given a case: a station, a department or a deputy.
  package func owner(_ id: String) -> Owner? {
    if let station = station(id) { return station.owner }
    if let department = department(id) { return department.owner }
    guard case .deputy(let deputy, at: _)? = deputy(id) else { return nil }
    return deputy.owner
  }

  /// The department of the county, or of that congress, that is in charge of a category in a place; one that is limited to
  /// some land isn't where the place isn't known.
  /// - Parameter place: id of a station or region.
  package func department(
    inChargeOf category: String, at place: String? = nil, level: Congress = .county
  ) -> Department? {
    guard let departments = departmentsByCategory[category] else { return nil }
    let land = place.map { Set(lands(around: $0)) } ?? []
    return departments.first { department in
      department.level == level
        && (department.jurisdiction.isEmpty || department.jurisdiction.contains(where: land.contains))
    }
  }

  /// The topic-specialised station that takes a category from a place: the nearest one whose parent's land holds it.
  /// - Parameter place: id of a station or region; `nil`: only one right below the root.
  package func specialist(in category: String, at place: String? = nil) -> Station? {
    guard let specialists = specialistsByCategory[category] else { return nil }
    let land = place.map { lands(around: $0) } ?? [county.id]
    for id in land {
      if let station = specialists.first(where: { ($0.parent ?? $0.id) == id }) { return station }
    }
    return nil
  }

  /// Stations from this one up to the root, itself first.
  package func line(of station: String) -> [Station] {
    Array(sequence(first: stationsByID[station]) { $0?.parent.map { stationsByID[$0] } ?? nil }.compactMap(\.self))
  }

  /// The station right below the root that a station belongs to; `nil` for the root itself and for none.
  package func branch(of station: String) -> Station? { line(of: station).dropLast().last }

  /// Ids of all land that a place lies in, itself first: regions, then stations up to the root.
  func lands(around place: String) -> [String] {
    var ids: [String] = []
    var current = regionsByID[place]
    var station = current == nil ? place : nil
    while let region = current {
      ids.append(region.id)
      station = station ?? region.station
      current = region.within.flatMap { regionsByID[$0] }
    }
    return ids + (station.map { line(of: $0).map(\.id) } ?? [])
  }

  /// The station that serves a region.
  package func station(serving region: Region) -> Station? {
    var current: Region? = region
    while let region = current {
      if let station = region.station { return stationsByID[station] }
      current = region.within.flatMap { regionsByID[$0] }
    }
    return nil
  }

  /// 站长.
  package func head(of station: Station) -> Deputy? {
    guard let id = station.head ?? deputies.first(where: { $0.headOf == station.id })?.id,
      case .deputy(let deputy, at: _)? = deputy(id)
    else { return nil }
    return deputy
  }
}
