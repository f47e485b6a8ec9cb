import ByteText
import Crypto

/// What a client puts into `Idempotency-Key`, so that it may send the same opinion again without saying it twice.
package struct IdempotencyKey: Hashable, Sendable {
  /// SHA-256 of scope and key: what a store holds, since clients make keys of whatever they have at hand.
  package let digest: [UInt8]

  /// - Parameters:
  ///   - text: 1 to 255 characters of visible ASCII; `nil` for anything else.
  ///   - scope: Whose keys these are; the same key under another scope is another key.
  package init?(_ text: String, scope: String) {
    guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
    digest = Array(SHA256.hash(data: Array((scope + "\n" + text).utf8)))
  }

  /// The key of that entry of a list sent under this one: of the first it is this key itself, so that a list and a
  /// single opinion under one key conflict.
  package func entry(_ index: Int) -> IdempotencyKey {
    guard index > 0 else { return self }
    return IdempotencyKey(digest: Array(SHA256.hash(data: digest + Array("\n\(index)".utf8))))
  }

  private init(digest: [UInt8]) {
    self.digest = digest
  }

  /// The `ce_id` of the opinion that came in `body` under this key: the same for every gateway and after every loss of a
  /// store, so that the same opinion stays one case. The body is part of it, so that a key used anew after its time
  /// cannot make another opinion look like one that has been handled.
  package func eventID(bodyDigest: [UInt8]) -> String {
    ByteAlphabet.hexadecimal.text(of: SHA256.hash(data: digest + bodyDigest).prefix(20))
  }
}
