extension Directory {
  /// 承办单位.
  package struct Department: Hashable, Sendable, Codable {
    package var id: String
    package var name: String
    /// Whose government it is of. A matter that only a higher one is in charge of is beyond the county's power.
    package var level: Congress
    /// First-level categories; at one level and in one place each is in the charge of one department at most.
    package var categories: [String]
    /// Ids of the stations and regions to whose land it is limited; empty: all.
    package var jurisdiction: [String]

    package init(
      id: String, name: String, level: Congress = .county, categories: [String], jurisdiction: [String] = []
    ) {
      self.id = id
      self.name = name
      self.level = level
      self.categories = categories
      self.jurisdiction = jurisdiction
    }

    package var owner: Owner { Owner(id: id, kind: .department, name: name) }
  }
}
