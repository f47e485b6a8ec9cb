extension Directory {
  /// A place that an address tells.
  package struct Place: Hashable, Sendable {
    package var station: Station
    /// Where the address is of a region or grid.
    package var region: Region?
    /// The name that stood in the address.
    package var term: String
  }

  /// The station or region of which the most stands in the address, what it lies in counted in: so of two villages of one
  /// name the one in the right township is found. The root's own name decides nothing, and a name of several regions only
  /// where the rest of the address tells them apart.
  package func place(inAddress address: String) -> Place? {
    // An address is short; of one that isn't, the beginning must do.
    let found = index.places(in: Array(address.utf8.prefix(3000)))
    guard !found.isEmpty else { return nil }
    var best: (station: Station, term: String, matched: Int, depth: Int)?
    for (number, term) in found.sorted(by: { $0.key < $1.key }) where number < stations.count {
      let station = stations[number]
      guard station.id != county.id else { continue }
      let matched = self.matched(station, found)
      let depth = depths[station.id] ?? 0
      if let best, (matched, depth) <= (best.matched, best.depth) { continue }
      best = (station, index.text(of: term), matched, depth)
    }
    guard let region = region(of: found), region.matched >= best?.matched ?? 0 else {
      return best.map { Place(station: $0.station, term: $0.term) }
    }
    return region.place
  }

  /// The one region of which the most stands there; `nil` also where several stations serve regions that are as good.
  private func region(of found: [Int: Int]) -> (place: Place, matched: Int)? {
    var best: (place: Place, matched: Int, isSingle: Bool)?
    for (number, term) in found.sorted(by: { $0.key < $1.key }) where number >= stations.count {
      let region = regions[number - stations.count]
      guard let station = station(serving: region) else { continue }
      var matched = self.matched(station, found)
      for id in lands(around: region.id) {
        if let number = index.number(ofRegion: id), let term = found[number] { matched += index.length(of: term) }
      }
      if let known = best, matched <= known.matched {
        if matched == known.matched, known.place.station.id != station.id { best?.isSingle = false }
        continue
      }
      best = (Place(station: station, region: region, term: index.text(of: term)), matched, true)
    }
    guard let best, best.isSingle else { return nil }
    return (best.place, best.matched)
  }

  /// Bytes of all names of a station, and of those above it, that were found; without the root's.
  private func matched(_ station: Station, _ found: [Int: Int]) -> Int {
    line(of: station.id).dropLast().reduce(0) { sum, station in
      guard let number = index.number(ofStation: station.id), let term = found[number] else { return sum }
      return sum + index.length(of: term)
    }
  }

  /// All names of stations and regions, found in a text in one walk over it, however many there are.
  struct PlaceIndex: Sendable {
    private struct Start: Hashable, Sendable {
      /// The first bytes of a name, and how many.
      var bytes: UInt64
      var width: Int
    }

    private struct Holder: Sendable {
      /// Stations are numbered in their order, regions go on from there.
      var number: Int
      /// Which of its names it is.
      var rank: Int
    }

    private var terms: [[UInt8]] = []
    private var holders: [[Holder]] = []
    private var byStart: [Start: [Int]] = [:]
    private var widths: [Int] = []
    private var stationNumbers: [String: Int] = [:]
    private var regionNumbers: [String: Int] = [:]

    init(_ contents: Contents) {
      var known: [String: Int] = [:]
      let names = contents.stations.map(\.terms) + contents.regions.map(\.terms)
      for (number, names) in names.enumerated() {
        for (rank, name) in names.enumerated() where !name.isEmpty {
          let holder = Holder(number: number, rank: rank)
          if let term = known[name] {
            holders[term].append(holder)
            continue
          }
          known[name] = terms.count
          let bytes = Array(name.utf8)
          byStart[Self.start(bytes[...]), default: []].append(terms.count)
          terms.append(bytes)
          holders.append([holder])
        }
      }
      widths = Set(byStart.keys.map(\.width)).sorted()
      for (number, station) in contents.stations.enumerated() { stationNumbers[station.id] = number }
      for (number, region) in contents.regions.enumerated() {
        regionNumbers[region.id] = contents.stations.count + number
      }
    }

    func number(ofStation id: String) -> Int? { stationNumbers[id] }
    func number(ofRegion id: String) -> Int? { regionNumbers[id] }
    func text(of term: Int) -> String { String(decoding: terms[term], as: UTF8.self) }
    func length(of term: Int) -> Int { terms[term].count }

    /// For each place that is named, the longest of its names that stand there.
    func places(in text: [UInt8]) -> [Int: Int] {
      var found: Set<Int> = []
      for position in text.indices {
        for width in widths where position + width <= text.count {
          guard let candidates = byStart[Self.start(text[position..<position + width])] else { continue }
          for term in candidates where !found.contains(term) && text[position...].starts(with: terms[term]) {
            found.insert(term)
          }
        }
      }
      var best: [Int: (term: Int, rank: Int)] = [:]
      for term in found {
        for holder in holders[term] {
          if let known = best[holder.number] {
            let (length, knownLength) = (terms[term].count, terms[known.term].count)
            guard length > knownLength || length == knownLength && holder.rank < known.rank else { continue }
          }
          best[holder.number] = (term, holder.rank)
        }
      }
      return best.mapValues(\.term)
    }

    /// Of two Chinese characters' bytes, or of all where there are fewer.
    private static func start(_ bytes: ArraySlice<UInt8>) -> Start {
      let first = bytes.prefix(6)
      return Start(bytes: first.reduce(0) { $0 << 8 | UInt64($1) }, width: first.count)
    }
  }

  static func depths(_ stations: [Station], _ byID: [String: Station]) -> [String: Int] {
    var depths: [String: Int] = [:]
    for station in stations {
      depths[station.id] = sequence(first: station) { $0.parent.flatMap { byID[$0] } }.reduce(-1) { depth, _ in
        depth + 1
      }
    }
    return depths
  }
}
