import ByteText
import Crypto

/// The name of one case: the key of all its records, and what a citizen asks by.
package struct CaseID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Takes 1–64 characters of `A–Z a–z 0–9 - _ .`; `nil` for anything else.
  package init?(_ text: String) {
    let allowed = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    guard allowed, (1...64).contains(text.utf8.count) else { return nil }
    self.text = text
  }

  /// The case of an opinion: its subject where that can be a case id, else derived from who sent it under which id, so
  /// that the same opinion sent twice is one case.
  package init(opinion: OpinionReference, subject: String?) {
    if let subject, let given = CaseID(subject) {
      self = given
    } else {
      text = "h" + opinion.digest
    }
  }

  package static func < (left: CaseID, right: CaseID) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  package var description: String { text }
  package var key: [UInt8] { Array(text.utf8) }
}

extension CaseID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = CaseID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a case id")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Which event brought an opinion or a command: source and id, which CloudEvents promises to be unique together.
package struct OpinionReference: Hashable, Sendable, Codable {
  package let source: String
  package let id: String

  package init(source: String, id: String) {
    self.source = source
    self.id = id
  }

  /// The first 26 characters of lower-case base32 (RFC 4648, no padding) of SHA-256(source, line feed, id).
  package var digest: String {
    let hash = SHA256.hash(data: Array((source + "\n" + id).utf8))
    return ByteAlphabet.base32.text(of: hash, length: 26)
  }
}
