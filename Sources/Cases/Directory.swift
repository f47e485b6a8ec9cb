/// Who there is to act: stations in three levels, departments by what they are in charge of, deputies at their stations.
///
/// One that exists has been checked; see ``init(version:stations:departments:deputies:placedAt:)``.
package struct Directory: Hashable, Sendable {
  /// Stands in every assignment that was decided with it.
  package let version: String
  package let stations: [Station]
  package let departments: [Department]
  package let deputies: [Deputy]

  /// 县级联络总站, where everything goes that nobody else is in charge of.
  package let county: Station

  private let stationsByID: [String: Station]
  private let deputiesByID: [String: CodeHolder]
  private let holdersByCode: [String: CodeHolder]
  private let departmentsByCategory: [String: Department]

  /// 联络站, the place where deputies meet citizens.
  package struct Station: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable, CaseIterable { case county, township, village }

    package var id: String
    package var name: String
    package var level: Level
    /// The station one level above; none for the county's.
    package var parent: String?
    /// The place it serves, as it stands in an address, such as 柳河镇.
    package var region: String?
    /// What else people call it or the place.
    package var aliases: [String]
    /// What its QR codes, and those of its activities, say.
    package var codes: [String]
    /// 接待时间: when deputies receive citizens there, in the station's own words.
    package var duty: String?

    package init(
      id: String, name: String, level: Level, parent: String? = nil, region: String? = nil, aliases: [String] = [],
      codes: [String] = [], duty: String? = nil
    ) {
      self.id = id
      self.name = name
      self.level = level
      self.parent = parent
      self.region = region
      self.aliases = aliases
      self.codes = codes
      self.duty = duty
    }

    package var owner: Owner { Owner(id: id, kind: .station, name: name) }
  }

  /// 承办单位.
  package struct Department: Hashable, Sendable {
    package var id: String
    package var name: String
    /// First-level categories, each in the charge of one department at most.
    package var categories: [String]

    package init(id: String, name: String, categories: [String]) {
      self.id = id
      self.name = name
      self.categories = categories
    }

    package var owner: Owner { Owner(id: id, kind: .department, name: name) }
  }

  package struct Deputy: Hashable, Sendable {
    package var id: String
    package var name: String
    package var station: String
    package var codes: [String]

    package init(id: String, name: String, station: String, codes: [String] = []) {
      self.id = id
      self.name = name
      self.station = station
      self.codes = codes
    }
  }

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

  /// - Parameter place: where an entry was read, for the faults found in it.
  /// - Throws: ``InvalidDirectory`` with every fault there is: not exactly one county station; a parent that is missing,
  ///   unknown, of the wrong level or the station's own descendant; an id or a code that stands twice; an unknown
  ///   station; a category of two departments, a department of none; a name, id or code that can't be one.
  package init(
    version: String, stations: [Station], departments: [Department] = [], deputies: [Deputy] = [],
    placedAt place: @escaping (Entry) -> Place? = { _ in nil }
  ) throws(InvalidDirectory) {
    let check = Check(stations: stations, departments: departments, deputies: deputies, place: place)
    guard let county = stations.first(where: { $0.level == .county }), check.faults.isEmpty else {
      throw InvalidDirectory(check.faults)
    }
    self.init(
      checked: version, county: county, stations: stations, departments: departments, deputies: deputies)
  }

  private init(
    checked version: String, county: Station, stations: [Station], departments: [Department], deputies: [Deputy]
  ) {
    self.version = version
    self.stations = stations
    self.departments = departments
    self.deputies = deputies
    self.county = county
    var stationsByID: [String: Station] = [:]
    var holders: [String: CodeHolder] = [:]
    for station in stations {
      stationsByID[station.id] = station
      for code in station.codes { holders[code] = .station(station) }
    }
    var deputiesByID: [String: CodeHolder] = [:]
    for deputy in deputies {
      let holder = stationsByID[deputy.station].map { CodeHolder.deputy(deputy, at: $0) }
      deputiesByID[deputy.id] = holder
      for code in deputy.codes { holders[code] = holder }
    }
    self.deputiesByID = deputiesByID
    self.stationsByID = stationsByID
    holdersByCode = holders
    departmentsByCategory = departments.reduce(into: [:]) { byCategory, department in
      for category in department.categories { byCategory[category] = department }
    }
  }

  /// For those who gave none: one county station that is in charge of all.
  package static let builtIn: Directory = {
    let county = Station(id: "county", name: "县级代表联络总站", level: .county)
    return Directory(checked: "built-in-1", county: county, stations: [county], departments: [], deputies: [])
  }()

  package func station(_ id: String) -> Station? { stationsByID[id] }
  /// The deputy of that id, with the station that acts.
  package func deputy(_ id: String) -> CodeHolder? { deputiesByID[id] }
  package func holder(ofCode code: String) -> CodeHolder? { holdersByCode[code] }
  package func department(inChargeOf category: String) -> Department? { departmentsByCategory[category] }
}
