package import Time

extension Directory {
  /// Looks for faults in what a directory is to be made of; finds them all, in the order of the entries.
  package struct Check {
    /// With one of these it is no directory.
    package internal(set) var errors: [InvalidDirectory.Fault] = []
    /// With these it is one that someone should look after.
    package internal(set) var warnings: [InvalidDirectory.Fault] = []
    /// The one station with none above it.
    package private(set) var root: Station?

    let contents: Contents
    let today: CalendarDate?
    let stations: [String: Station]
    let regions: [String: Region]
    let deputies: [String: Deputy]
    private let place: (Entry) -> Source?
    private var ids: Set<String> = []
    private var codes: Set<String> = []

    /// - Parameter today: `nil`: what is wrong only after some time isn't looked for.
    package init(_ contents: Contents, today: CalendarDate? = nil, place: @escaping (Entry) -> Source? = { _ in nil }) {
      self.contents = contents
      self.today = today
      self.place = place
      stations = Dictionary(contents.stations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      regions = Dictionary(contents.regions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      deputies = Dictionary(contents.deputies.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      let tops = contents.stations.filter { $0.parent == nil }
      root = tops.min { $0.level.rank < $1.level.rank }
      checkStations()
      checkRegions()
      checkDepartments()
      checkDeputies()
      checkHeads()
    }

    mutating func error(_ entry: Entry, _ message: String) { errors.append(fault(entry, message)) }
    mutating func warn(_ entry: Entry, _ message: String) { warnings.append(fault(entry, message)) }

    private func fault(_ entry: Entry, _ message: String) -> InvalidDirectory.Fault {
      let place = place(entry)
      return InvalidDirectory.Fault(file: place?.file, line: place?.line, message: message)
    }

    private mutating func checkStations() {
      if root == nil, !contents.stations.contains(where: { $0.level.rank <= Station.Level.county.rank }) {
        error(.whole, "there is no station of level county")
      }
      for (index, station) in contents.stations.enumerated() {
        let entry = Entry.station(index)
        checkID(station.id, name: station.name, of: "station", entry)
        checkCodes(station.codes, of: "station \(station.id)", entry)
        if station.terms.dropFirst().contains(where: Self.isBlank) {
          error(entry, "station \(station.id) has an empty region or alias")
        }
        if let duty = station.duty, Self.isBlank(duty) { error(entry, "station \(station.id) has an empty duty") }
        if let site = station.site, Self.isBlank(site) { error(entry, "station \(station.id) has an empty site") }
        checkKind(of: station, entry)
        checkParent(of: station, entry)
      }
    }

    private mutating func checkKind(of station: Station, _ entry: Entry) {
      if Self.isBlank(station.kind) { error(entry, "station \(station.id) has an empty kind") }
      if (station.categories + (station.handles ?? [])).contains(where: Self.isBlank) {
        error(entry, "station \(station.id) has an empty category")
      }
      if station.kind == Station.general, !station.categories.isEmpty {
        error(entry, "station \(station.id) takes categories, which only one of another kind than general does")
      }
    }

    private mutating func checkParent(of station: Station, _ entry: Entry) {
      guard let parent = station.parent else {
        guard let root, root != station else { return }
        let isSecond = station.level == root.level
        return error(
          entry,
          "station \(station.id) \(isSecond ? "is a second one of level \(station.level.rawValue)" : "has no parent")")
      }
      guard let above = stations[parent] else {
        return error(entry, "station \(station.id) has the unknown parent \(parent)")
      }
      if let cycle = Self.cycle(from: station.id, above: { stations[$0]?.parent }, count: stations.count) {
        return error(entry, "station \(station.id) is its own ancestor: \(cycle.joined(separator: " → "))")
      }
      if station.level.rank <= root?.level.rank ?? 0 {
        return error(entry, "station \(station.id) is of level \(station.level.rawValue) and so can't have a parent")
      }
      let isRight =
        station.kind == Station.general
        ? station.level.above.contains(above.level) : above.level.rank < station.level.rank
      if !isRight {
        error(
          entry,
          "station \(station.id) of level \(station.level.rawValue) has a parent of level \(above.level.rawValue), not \(station.level.above.first?.rawValue ?? "one above")"
        )
      }
    }

    /// The way from an id up to itself.
    static func cycle(from id: String, above: (String) -> String?, count: Int) -> [String]? {
      var path = [id]
      var current = above(id)
      while let next = current, path.count <= count {
        path.append(next)
        if next == id { return path }
        current = above(next)
      }
      return nil
    }

    /// Ids stand in addresses of pages and in reports, so they are made of what a case id is made of.
    mutating func checkID(_ id: String, name: String, of kind: String, _ entry: Entry) {
      if CaseID(id) == nil {
        error(entry, "the id of a \(kind) is not 1 to 64 of A–Z, a–z, 0–9, hyphen, underscore and point")
      } else if !ids.insert(id).inserted {
        error(entry, "id \(id) stands twice")
      }
      if Self.isBlank(name) { error(entry, "\(kind) \(id) has an empty name") }
    }

    mutating func checkCodes(_ given: [String], of holder: String, _ entry: Entry) {
      for code in given {
        if Self.isBlank(code) {
          error(entry, "\(holder) has an empty code")
        } else if !codes.insert(code).inserted {
          error(entry, "code \(code) of \(holder) stands twice")
        }
      }
    }

    static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
  }
}
