import Crypto

/// How the peer signs a request: SHA-1, in hexadecimal, of the token and what is signed, sorted by bytes and joined.
package enum CallbackSignature {
  package static func of(_ parts: [String]) -> String {
    let sorted = parts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    let digest = Insecure.SHA1.hash(data: sorted.flatMap { $0 })
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Takes the same time for every `given` of the right length, however much of it is right.
  package static func matches(_ given: String?, _ parts: [String]) -> Bool {
    let expected = Array(of(parts).utf8)
    let given = Array((given ?? "").utf8)
    guard given.count == expected.count else { return false }
    var difference: UInt8 = 0
    for index in expected.indices { difference |= expected[index] ^ given[index] }
    return difference == 0
  }
}
