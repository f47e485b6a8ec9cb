extension Directory {
  /// A place's own rules for its directory: what is a fault there need not be one elsewhere.
  package struct Profile: Hashable, Sendable {
    /// How many fixed contacts of one kind a deputy of these levels should have.
    package struct Bound: Hashable, Sendable {
      package enum Contact: String, Hashable, Sendable { case voters, households, deputies }

      package let contact: Contact
      package let levels: Set<Congress>
      package let range: ClosedRange<Int>
    }

    package let name: String
    /// Every village's or community's general station is headed by a county deputy.
    package let villageStationsHaveCountyHeads: Bool
    /// Every deputy is at a village's or community's station.
    package let deputiesAreInVillageStations: Bool
    /// A floating deputy's residence has been looked into at some time.
    package let floatingDeputiesAreConfirmed: Bool
    package let bounds: [Bound]

    /// What nearly every place would ask for.
    package static let general = Profile(
      name: "general", villageStationsHaveCountyHeads: false, deputiesAreInVillageStations: false,
      floatingDeputiesAreConfirmed: false, bounds: [])

    /// One command centre, eleven township stations, seventy-two village stations, as in Julu.
    package static let everyVillage = Profile(
      name: "1+11+72", villageStationsHaveCountyHeads: true, deputiesAreInVillageStations: true,
      floatingDeputiesAreConfirmed: false,
      bounds: [Bound(contact: .voters, levels: [.county, .township], range: 5...5)])

    /// One county station, eleven township stations, any number of posts, with deputies who live in the county seat, as in
    /// Yunhe: a county deputy keeps in touch with three to five township deputies, each of these with 10 to 20 households.
    package static let floating = Profile(
      name: "1+11+N", villageStationsHaveCountyHeads: false, deputiesAreInVillageStations: false,
      floatingDeputiesAreConfirmed: true,
      bounds: [
        Bound(contact: .deputies, levels: [.county], range: 3...5),
        Bound(contact: .households, levels: [.township], range: 10...20),
      ])

    package static let builtIn = [general, everyVillage, floating]

    package static func named(_ name: String) -> Profile? { builtIn.first { $0.name == name } }
  }
}
