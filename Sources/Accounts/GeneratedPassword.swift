import ByteText

/// A password that nobody has thought up: 100 random bits, in four groups of letters and digits that are easy to read out.
package enum GeneratedPassword {
  package static func text(using generator: inout some RandomNumberGenerator) -> String {
    let random = (0..<13).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    let characters = Array(ByteAlphabet.base32.text(of: random, length: 20))
    return stride(from: 0, to: 20, by: 5).map { String(characters[$0..<$0 + 5]) }.joined(separator: "-")
  }
}
