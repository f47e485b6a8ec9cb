extension Directory {
  /// What a directory is made of, before anyone has looked whether it holds together.
  package struct Contents: Hashable, Sendable {
    package var profile: Profile
    package var stations: [Station]
    package var regions: [Region]
    package var departments: [Department]
    package var deputies: [Deputy]

    package init(
      profile: Profile = .general, stations: [Station] = [], regions: [Region] = [], departments: [Department] = [],
      deputies: [Deputy] = []
    ) {
      self.profile = profile
      self.stations = stations
      self.regions = regions
      self.departments = departments
      self.deputies = deputies
    }

    /// All but the stations, whose order decides where nothing else does, by id: so that one who gets them in another
    /// order decides the same.
    var sorted: Contents {
      func sorted<Item>(_ items: [Item], _ id: (Item) -> String) -> [Item] {
        items.sorted { id($0).utf8.lexicographicallyPrecedes(id($1).utf8) }
      }
      var contents = self
      contents.regions = sorted(regions, \.id)
      contents.departments = sorted(departments, \.id)
      contents.deputies = sorted(deputies, \.id)
      return contents
    }

    /// All but the header.
    var entries: [DirectoryEntry] {
      stations.map(DirectoryEntry.station) + regions.map(DirectoryEntry.region)
        + departments.map(DirectoryEntry.department) + deputies.map(DirectoryEntry.deputy)
    }
  }
}

extension Directory {
  /// The header, then stations in the operator's order, regions, departments and deputies by id.
  package var entries: [DirectoryEntry] {
    let others = contents.entries
    let whole = DirectoryEntry.Whole(
      version: version, profile: profile.name, order: stations.map(\.id),
      digest: DirectoryEntry.digest(of: others))
    return [.whole(whole)] + others
  }

  /// - Parameters:
  ///   - version: `nil`: that of the header.
  ///   - entries: in any order.
  /// - Throws: ``InvalidDirectory`` where there is no header, where the others aren't those that it speaks of, as in the
  ///   middle of a change, and for what a file would be refused for.
  package init(version: String? = nil, entries: some Sequence<DirectoryEntry>) throws(InvalidDirectory) {
    var header: DirectoryEntry.Whole?
    var contents = Contents()
    for entry in entries {
      switch entry {
      case .whole(let whole): header = whole
      case .station(let station): contents.stations.append(station)
      case .region(let region): contents.regions.append(region)
      case .department(let department): contents.departments.append(department)
      case .deputy(let deputy): contents.deputies.append(deputy)
      }
    }
    guard let header else { throw InvalidDirectory([.init(message: "there is no header")]) }
    guard header.digest == DirectoryEntry.digest(of: contents.entries) else {
      throw InvalidDirectory([.init(message: "the entries are not those of version \(header.version)")])
    }
    guard let profile = Profile.named(header.profile) else {
      throw InvalidDirectory([.init(message: "the profile \(header.profile) is unknown")])
    }
    contents.profile = profile
    let places = Dictionary(header.order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    contents.stations.sort { left, right in
      let (leftPlace, rightPlace) = (places[left.id] ?? .max, places[right.id] ?? .max)
      return leftPlace == rightPlace
        ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8) : leftPlace < rightPlace
    }
    try self.init(version: version ?? header.version, contents: contents)
  }
}
