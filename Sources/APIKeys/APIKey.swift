import ByteText
package import Cases
import Crypto

/// The right of one client to use the open API. The key itself only the client has: here is its digest.
package struct APIKey: Hashable, Sendable {
  package enum Scope: String, Hashable, Sendable, CaseIterable {
    /// `POST /opinions`.
    case submit
    /// `POST /open311/v2/requests`.
    case open311
    /// What the board and the desk show, at `/api/v1`.
    case read
    /// What the desk's forms do, at `/api/v1`.
    case command
  }

  /// 1 to 64 of a–z, 0–9 and hyphen. Not secret: it stands in logs, and scopes the client's idempotency keys.
  package let name: String
  /// SHA-256 of the key.
  package let digest: [UInt8]
  package let scopes: Set<Scope>
  /// Requests that the client may make in a minute.
  package let perMinute: Int
  /// As whom the client reads and commands: given where it may do either. An office's id is that of the directory; a
  /// supervisor's and an administrator's is the name of the key.
  package let actor: Actor?

  package init(name: String, digest: [UInt8], scopes: Set<Scope>, perMinute: Int, actor: Actor? = nil) {
    self.name = name
    self.digest = digest
    self.scopes = scopes
    self.perMinute = perMinute
    self.actor = actor
  }

  package static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-")
      }
  }

  /// A new key: `hy_` and 256 bits in hexadecimal.
  package static func text(using generator: inout some RandomNumberGenerator) -> String {
    "hy_" + ByteAlphabet.hexadecimal.text(of: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  package static func digest(of text: String) -> [UInt8] {
    Array(SHA256.hash(data: Array(text.utf8)))
  }

  /// The line of the file of keys that lets whoever has `text` in.
  package static func line(name: String, text: String) -> String {
    "  \(name): {sha256: \"\(ByteAlphabet.hexadecimal.text(of: digest(of: text)))\", scopes: [submit, open311], perMinute: 600}"
  }
}
