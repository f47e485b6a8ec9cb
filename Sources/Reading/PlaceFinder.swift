package import Cases

/// Finds the directory's places in an opinion, and which of them it is about.
///
/// A station is found by its name, the region it serves, their aliases, and the names of the regions and grids in its land,
/// of which the longest counts wherever several begin at one place. Names of one character are not looked for. The county's
/// own are found, and decide nothing.
///
/// Which place it is about: first the township, then the village in it.
/// 1. An ambiguous name speaks for that of its stations whose township is named in the opinion too, if that is only one of
///    them; else for none.
/// 2. A township is named by its own names and by those of its villages. One that is named in the title comes before one
///    that isn't; then the one named more often; then the one named first.
/// 3. Among its villages the same order decides. If none is named, the township itself is the place.
package struct PlaceFinder: Sendable {
  private struct Holder: Sendable {
    let id: String
    /// Index of the station right below the county's that it belongs to, its own for such a one; a township's in most
    /// places. None for the county's.
    let township: Int?
    /// Whether it lies below that one.
    let isVillage: Bool
  }

  private let finder: WordFinder
  private let words: [String]
  /// For each word the stations that are called so, by index.
  private let holders: [[Int]]
  private let stations: [Holder]

  /// Takes time in proportion to the length of all names.
  package init(_ directory: Directory) {
    let indices = Dictionary(uniqueKeysWithValues: directory.stations.enumerated().map { ($1.id, $0) })
    var words: [String] = []
    var folded: [[UInt32]] = []
    var holders: [[Int]] = []
    var places: [[UInt32]: Int] = [:]
    var names = directory.stations.enumerated().map { ($0, $1.terms) }
    for region in directory.regions {
      guard let index = directory.station(serving: region).flatMap({ indices[$0.id] }) else { continue }
      names.append((index, region.terms))
    }
    for (index, names) in names {
      for name in names {
        let plain = FoldedText(name).scalars
        guard plain.count > 1 else { continue }
        let word = places[plain] ?? words.count
        if word == words.count {
          places[plain] = word
          words.append(name)
          folded.append(plain)
          holders.append([])
        }
        if !holders[word].contains(index) { holders[word].append(index) }
      }
    }
    self.words = words
    self.holders = holders
    finder = WordFinder(folded)
    stations = directory.stations.enumerated().map { index, station in
      let township = directory.branch(of: station.id).flatMap { indices[$0.id] }
      return Holder(id: station.id, township: township, isVillage: township != index)
    }
  }

  /// - Returns: the first ``TextReading/maximumPlaces`` places of title and text, and the id of the station that serves
  ///   the one it is about, if that can be told.
  func places(title: FoldedText, text: FoldedText) -> (places: [TextReading.Place], region: String?) {
    let inTitle = finder.finds(in: title.scalars)
    let inText = finder.finds(in: text.scalars)
    let listed =
      inTitle.prefix(TextReading.maximumPlaces).map { place($0, title, .title) }
      + inText.prefix(TextReading.maximumPlaces).map { place($0, text, .text) }
    return (Array(listed.prefix(TextReading.maximumPlaces)), region(inTitle.map(\.word), inText.map(\.word)))
  }

  private func place(_ find: WordFinder.Find, _ text: FoldedText, _ field: TextReading.Field) -> TextReading.Place {
    let range = text.original(find.range)
    return TextReading.Place(
      word: words[find.word], stations: holders[find.word].map { stations[$0].id },
      span: TextReading.Span(field: field, start: range.lowerBound, end: range.upperBound))
  }

  /// How often something is named, and where first.
  private struct Mention {
    var isInTitle = false
    var count = 0
    var first = Int.max

    mutating func add(inTitle: Bool, at position: Int) {
      if inTitle { isInTitle = true }
      count += 1
      first = min(first, position)
    }

    func precedes(_ other: Mention) -> Bool {
      if isInTitle != other.isInTitle { return isInTitle }
      if count != other.count { return count > other.count }
      return first < other.first
    }
  }

  private func region(_ inTitle: [Int], _ inText: [Int]) -> String? {
    let named = inTitle + inText
    // Townships that are named without doubt, by names of their own or of villages.
    var certain: Set<Int> = []
    for word in Set(named) where holders[word].count == 1 {
      if let township = stations[holders[word][0]].township { certain.insert(township) }
    }
    var townships: [Int: Mention] = [:]
    var villages: [Int: Mention] = [:]
    for (position, word) in named.enumerated() {
      guard let station = station(of: word, certain), let township = stations[station].township else { continue }
      let isInTitle = position < inTitle.count
      townships[township, default: Mention()].add(inTitle: isInTitle, at: position)
      if stations[station].isVillage { villages[station, default: Mention()].add(inTitle: isInTitle, at: position) }
    }
    guard let township = townships.min(by: { $0.value.precedes($1.value) })?.key else { return nil }
    let village = villages.filter { stations[$0.key].township == township }.min { $0.value.precedes($1.value) }?.key
    return stations[village ?? township].id
  }

  /// The one station that a name speaks for.
  private func station(of word: Int, _ certain: Set<Int>) -> Int? {
    if holders[word].count == 1 { return holders[word][0] }
    let likely = holders[word].filter { station in stations[station].township.map(certain.contains) ?? false }
    return likely.count == 1 ? likely[0] : nil
  }
}
