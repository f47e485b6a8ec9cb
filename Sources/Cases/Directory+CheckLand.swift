extension Directory.Check {
  mutating func checkRegions() {
    let manned = Set(contents.deputies.compactMap(\.grid))
    for (index, region) in contents.regions.enumerated() {
      let entry = Directory.Entry.region(index)
      let kind = region.isGrid ? "grid" : "region"
      checkID(region.id, name: region.name, of: kind, entry)
      if region.aliases.contains(where: Self.isBlank) { error(entry, "\(kind) \(region.id) has an empty alias") }
      if let station = region.station, stations[station] == nil {
        error(entry, "\(kind) \(region.id) is at the unknown station \(station)")
      }
      if let within = region.within {
        if regions[within] == nil {
          error(entry, "\(kind) \(region.id) is in the unknown region \(within)")
        } else if let cycle = Self.cycle(from: region.id, above: { regions[$0]?.within }, count: regions.count) {
          error(entry, "\(kind) \(region.id) lies in itself: \(cycle.joined(separator: " → "))")
        }
      } else if region.station == nil {
        error(entry, "\(kind) \(region.id) has neither a station nor a region around it")
      }
      if region.isGrid, !manned.contains(region.id) { warn(entry, "grid \(region.id) has no deputy") }
    }
  }

  mutating func checkDepartments() {
    for (index, department) in contents.departments.enumerated() {
      let entry = Directory.Entry.department(index)
      checkID(department.id, name: department.name, of: "department", entry)
      if department.level < .county {
        error(entry, "department \(department.id) is of level \(department.level.rawValue), below the county")
      }
      for place in department.jurisdiction where stations[place] == nil && regions[place] == nil {
        error(entry, "department \(department.id) is limited to the unknown station or region \(place)")
      }
      if department.categories.isEmpty { error(entry, "department \(department.id) has no category") }
      for (number, category) in department.categories.enumerated() {
        if Self.isBlank(category) {
          error(entry, "department \(department.id) has an empty category")
        } else if department.categories[..<number].contains(category) {
          error(entry, "category \(category) of department \(department.id) stands twice")
        } else if let other = rival(of: department, at: index, for: category) {
          error(entry, "category \(category) of department \(department.id) is already that of \(other.id)")
        }
      }
    }
  }

  /// An earlier department of the same level that is in charge of the same in some of the same places.
  private func rival(
    of department: Directory.Department, at index: Int, for category: String
  ) -> Directory.Department? {
    contents.departments[..<index].first { other in
      other.level == department.level && other.categories.contains(category)
        && overlap(other.jurisdiction, department.jurisdiction)
    }
  }

  /// Whether two lists of places have any land in common; an empty list is all the land.
  private func overlap(_ left: [String], _ right: [String]) -> Bool {
    if left.isEmpty || right.isEmpty { return true }
    let aroundLeft = Set(left.flatMap(lands(around:)))
    let aroundRight = Set(right.flatMap(lands(around:)))
    return left.contains(where: aroundRight.contains) || right.contains(where: aroundLeft.contains)
  }

  /// As a checked directory would say it, and an end also where land lies in itself.
  private func lands(around place: String) -> [String] {
    var ids: [String] = []
    var waiting = [place]
    while let id = waiting.popLast(), !ids.contains(id) {
      ids.append(id)
      if let region = regions[id] {
        waiting += [region.station, region.within].compactMap(\.self)
      } else if let parent = stations[id]?.parent {
        waiting.append(parent)
      }
    }
    return ids
  }
}
