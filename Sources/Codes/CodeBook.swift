package import Cases
package import EventLog
package import Streams
package import Time

/// All codes there are: the fold of the topic `codes`.
package struct CodeBook: Hashable, Sendable {
  private var codes: [CodeID: Code] = [:]

  package init() {}

  /// Takes in the next record of a partition. One without a value makes its key's code forgotten, as compaction does.
  /// - Throws: ``Rejection`` if it can't be read; what was known of its key stays.
  package mutating func apply(_ record: Record) throws(Rejection) {
    if record.isControl { return }
    if record.value == nil, let key = record.key {
      if let id = CodeID(String(decoding: key, as: UTF8.self)) { codes[id] = nil }
      return
    }
    let code = try Code(record)
    codes[code.id] = code
  }

  package var count: Int { codes.count }
  package subscript(id: CodeID) -> Code? { codes[id] }

  /// By kind, holder, activity and place; those of one subject in the order in which they were made.
  package var sorted: [Code] {
    codes.values.sorted { left, right in
      (left.kind.rawValue, left.holder, left.activity ?? "", left.place ?? "", left.serial)
        < (right.kind.rawValue, right.holder, right.activity ?? "", right.place ?? "", right.serial)
    }
  }

  /// What a token was at that time; unknown for that of no code, and for `nil`, which stands for a text that is no token
  /// or not genuine.
  package func scan(_ token: CodeToken?, at time: Instant) -> Scan {
    guard let token, let code = codes[token.code], code.kind == token.kind else { return Scan(standing: .unknown) }
    return Scan(
      standing: code.standing(at: time), kind: code.kind, holder: code.holder, activity: code.activity,
      place: code.place, category: code.category)
  }
}
