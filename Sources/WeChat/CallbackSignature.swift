import ByteText
import Crypto

/// How the peer signs a request: SHA-1, in hexadecimal, of the token and what is signed, sorted by bytes and joined.
package enum CallbackSignature {
  package static func of(_ parts: [String]) -> String {
    let sorted = parts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    return ByteAlphabet.hexadecimal.text(of: Insecure.SHA1.hash(data: sorted.flatMap { $0 }))
  }

  /// Takes the same time for every `given` of the right length, however much of it is right.
  package static func matches(_ given: String?, _ parts: [String]) -> Bool {
    ConstantTime.isEqual(of(parts), given ?? "")
  }
}
