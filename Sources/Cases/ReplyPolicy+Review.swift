import Crypto

extension ReplyPolicy {
  /// Whether a closed case is one of those that are looked at again. The same seed draws the same cases on every machine,
  /// and a larger share draws them all and more.
  package func isReviewed(_ id: CaseID) -> Bool {
    guard reviewDays != nil else { return false }
    let hash = SHA256.hash(data: Array("\(reviewSeed)\n\(id.text)".utf8))
    let number = hash.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return number % 1000 < UInt64(max(0, reviewShare))
  }
}
