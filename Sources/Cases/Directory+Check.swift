extension Directory {
  /// Looks for faults in what a directory is to be made of; finds them all, in the order of the entries.
  struct Check {
    private(set) var faults: [InvalidDirectory.Fault] = []
    private let place: (Entry) -> Place?
    private var ids: Set<String> = []
    private var codes: Set<String> = []

    init(
      stations: [Station], departments: [Department], deputies: [Deputy], place: @escaping (Entry) -> Place?
    ) {
      self.place = place
      check(stations)
      check(departments)
      check(deputies, stations: Set(stations.map(\.id)))
    }

    private mutating func fault(_ entry: Entry, _ message: String) {
      let place = place(entry)
      faults.append(InvalidDirectory.Fault(file: place?.file, line: place?.line, message: message))
    }

    private mutating func check(_ stations: [Station]) {
      let byID = Dictionary(stations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      if !stations.contains(where: { $0.level == .county }) { fault(.whole, "there is no station of level county") }
      var counties = 0
      for (index, station) in stations.enumerated() {
        let entry = Entry.station(index)
        checkID(station.id, name: station.name, of: "station", entry)
        checkCodes(station.codes, of: "station \(station.id)", entry)
        if (station.aliases + [station.region].compactMap(\.self)).contains(where: Self.isBlank) {
          fault(entry, "station \(station.id) has an empty region or alias")
        }
        if let duty = station.duty, Self.isBlank(duty) { fault(entry, "station \(station.id) has an empty duty") }
        if station.level == .county { counties += 1 }
        if station.level == .county, counties > 1 {
          fault(entry, "station \(station.id) is a second one of level county")
        }
        checkParent(of: station, byID, entry)
      }
    }

    private mutating func checkParent(of station: Station, _ byID: [String: Station], _ entry: Entry) {
      guard let parent = station.parent else {
        if station.level != .county { fault(entry, "station \(station.id) has no parent") }
        return
      }
      guard let above = byID[parent] else {
        return fault(entry, "station \(station.id) has the unknown parent \(parent)")
      }
      if let cycle = cycle(through: station, byID) {
        return fault(entry, "station \(station.id) is its own ancestor: \(cycle.joined(separator: " → "))")
      }
      switch (station.level, above.level) {
      case (.township, .county), (.village, .township): break
      case (.county, _): fault(entry, "station \(station.id) is of level county and so can't have a parent")
      case (.township, _), (.village, _):
        let wanted = station.level == .township ? "county" : "township"
        fault(
          entry,
          "station \(station.id) of level \(station.level.rawValue) has a parent of level \(above.level.rawValue), not \(wanted)"
        )
      }
    }

    /// The way from a station up to itself.
    private func cycle(through station: Station, _ byID: [String: Station]) -> [String]? {
      var path = [station.id]
      var above = station.parent
      while let id = above, path.count <= byID.count {
        path.append(id)
        if id == station.id { return path }
        above = byID[id]?.parent
      }
      return nil
    }

    private mutating func check(_ departments: [Department]) {
      var claims: [String: String] = [:]
      for (index, department) in departments.enumerated() {
        let entry = Entry.department(index)
        checkID(department.id, name: department.name, of: "department", entry)
        if department.categories.isEmpty { fault(entry, "department \(department.id) has no category") }
        for category in department.categories {
          if Self.isBlank(category) {
            fault(entry, "department \(department.id) has an empty category")
          } else if let other = claims.updateValue(department.id, forKey: category) {
            fault(entry, "category \(category) of department \(department.id) is already that of \(other)")
          }
        }
      }
    }

    private mutating func check(_ deputies: [Deputy], stations: Set<String>) {
      for (index, deputy) in deputies.enumerated() {
        let entry = Entry.deputy(index)
        checkID(deputy.id, name: deputy.name, of: "deputy", entry)
        checkCodes(deputy.codes, of: "deputy \(deputy.id)", entry)
        if !stations.contains(deputy.station) {
          fault(entry, "deputy \(deputy.id) is at the unknown station \(deputy.station)")
        }
      }
    }

    /// Ids stand in addresses of pages and in reports, so they are made of what a case id is made of.
    private mutating func checkID(_ id: String, name: String, of kind: String, _ entry: Entry) {
      if CaseID(id) == nil {
        fault(entry, "the id of a \(kind) is not 1 to 64 of A–Z, a–z, 0–9, hyphen, underscore and point")
      } else if !ids.insert(id).inserted {
        fault(entry, "id \(id) stands twice")
      }
      if Self.isBlank(name) { fault(entry, "\(kind) \(id) has an empty name") }
    }

    private mutating func checkCodes(_ given: [String], of holder: String, _ entry: Entry) {
      for code in given {
        if Self.isBlank(code) {
          fault(entry, "\(holder) has an empty code")
        } else if !codes.insert(code).inserted {
          fault(entry, "code \(code) of \(holder) stands twice")
        }
      }
    }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
  }
}
