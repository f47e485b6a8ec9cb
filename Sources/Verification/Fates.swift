import Cases

/// What became of each opinion, as far as is known.
struct Fates {
  enum Fate: UInt8 {
    /// In a case; no record of `opinions` has been found for it yet.
    case inCase
    /// The same, and its record was found: another one is a duplicate.
    case found
    case onItsWay
    case deadLetter
    /// Something is amiss with it that was reported already.
    case reported
  }

  private var fates: [Fingerprint: Fate] = [:]

  /// - Returns: whether it came into no case before.
  mutating func enter(_ opinion: Fingerprint) -> Bool {
    fates.updateValue(.inCase, forKey: opinion) != .inCase
  }

  /// What is known already counts for more.
  mutating func note(_ fate: Fate, of opinion: Fingerprint) {
    if fates[opinion] == nil { fates[opinion] = fate }
  }

  /// For a record of `opinions`.
  mutating func find(_ opinion: Fingerprint) -> Fate? {
    let fate = fates[opinion]
    if fate == .inCase { fates[opinion] = .found }
    return fate
  }
}
