package import EventLog
import FoundationEssentials
package import Time

/// What the first stage reads: the records of a key bear the numbers 1, 2, 3 … in order.
package struct Deed: Codable, Hashable, Sendable {
  package var number: Int
  /// A timer is to echo this deed at that moment, in milliseconds.
  package var echoAt: Int64?
  /// In a key's last deed: how many results the first stage will have had for it in all, echoes included.
  package var total: Int?

  package init(number: Int, echoAt: Instant? = nil, total: Int? = nil) {
    self.number = number
    self.echoAt = echoAt?.milliseconds
    self.total = total
  }

  package func output(key: String) -> Output {
    Output(to: TwoStages.deeds, Record(key: Array(key.utf8), value: JSONForm.bytes(of: self)))
  }
}

/// What the first stage says of a deed, or of a deed's echo, to the second.
package struct Tally: Codable, Hashable, Sendable {
  package var number: Int
  package var isEcho: Bool
  package var total: Int?
}

/// What the second stage makes of each tally, numbered without gap in `sequence`; the last of a key is the closing.
package struct Page: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Sendable { case deed, echo, closing }

  package var sequence: Int
  package var number: Int
  package var kind: Kind
}
