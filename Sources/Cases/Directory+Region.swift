extension Directory {
  /// A piece of land with a name of its own: a place within a station's, or a grid (网格), for which deputies answer.
  package struct Region: Hashable, Sendable, Codable {
    package var id: String
    package var name: String
    package var isGrid: Bool
    /// The station that serves it; `nil`: that of the region it lies in.
    package var station: String?
    /// The region it lies in.
    package var within: String?
    /// What else people call it.
    package var aliases: [String]

    package init(
      id: String, name: String, isGrid: Bool = false, station: String? = nil, within: String? = nil,
      aliases: [String] = []
    ) {
      self.id = id
      self.name = name
      self.isGrid = isGrid
      self.station = station
      self.within = within
      self.aliases = aliases
    }

    package var terms: [String] { [name] + aliases }
  }
}
