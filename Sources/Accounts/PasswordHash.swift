import ByteText
import Crypto
import CryptoExtras

/// What is kept of a password: its scrypt (RFC 7914) under a salt of its own, with what it took, written
/// `scrypt$N$r$p$salt$hash` with salt and hash in hexadecimal.
package struct PasswordHash: Hashable, Sendable {
  /// How hard it is to try one password.
  package struct Cost: Hashable, Sendable {
    /// N, a power of two.
    package let rounds: Int
    /// r: memory is 128 · N · r bytes.
    package let blockSize: Int
    /// p: how often that is done.
    package let parallelism: Int

    /// 32 MiB, about a tenth of a second.
    package static let usual = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 1)

    private init(rounds: Int, blockSize: Int, parallelism: Int) {
      self.rounds = rounds
      self.blockSize = blockSize
      self.parallelism = parallelism
    }

    /// `nil` for what would be too easy (less than a quarter of the usual work), or take more than 64 MiB or four times
    /// the usual work of whoever is asked.
    package init?(_ rounds: Int, _ blockSize: Int, _ parallelism: Int) {
      guard (2...1 << 20).contains(rounds), rounds.nonzeroBitCount == 1, (1...32).contains(blockSize),
        (1...16).contains(parallelism), 128 * rounds * blockSize <= 64 << 20
      else { return nil }
      self.init(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
      guard (Self.usual.work / 4...Self.usual.work * 4).contains(work) else { return nil }
    }

    /// What it takes, in blocks mixed.
    var work: Int { rounds * blockSize * parallelism }
  }

  /// Makes the 32 bytes that tell passwords apart; `nil` where it can't be done just now. Blocks, and takes the memory
  /// that the cost says.
  package typealias Derivation = @Sendable (_ password: [UInt8], _ salt: [UInt8], Cost) -> [UInt8]?

  package static let saltSize = 16
  static let size = 32

  package let cost: Cost
  let salt: [UInt8]
  private let hash: [UInt8]

  /// Reads what ``text`` gives; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
      let parallelism = Int(parts[3]), let cost = Cost(rounds, blockSize, parallelism),
      let salt = ByteAlphabet.hexadecimal.bytes(of: parts[4]), (8...64).contains(salt.count),
      let hash = ByteAlphabet.hexadecimal.bytes(of: parts[5]), hash.count == Self.size
    else { return nil }
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// Blocks for as long as the cost says.
  /// - Parameter salt: ``saltSize`` random bytes that no other password has.
  /// - Returns: `nil` for an empty password, or where the memory is missing.
  package init?(of password: String, salt: [UInt8], cost: Cost = .usual, derive: Derivation = PasswordHash.scrypt) {
    guard !password.isEmpty, (8...64).contains(salt.count), let hash = derive(Array(password.utf8), salt, cost),
      hash.count == Self.size
    else { return nil }
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// Of which no password is the right one, to be tried where there is none to try.
  static func ofNobody(cost: Cost) -> PasswordHash {
    PasswordHash(
      cost: cost, salt: Array(repeating: 0, count: saltSize), hash: Array(repeating: 0, count: size))
  }

  private init(cost: Cost, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  package var text: String {
    let salt = ByteAlphabet.hexadecimal.text(of: salt)
    let hash = ByteAlphabet.hexadecimal.text(of: hash)
    return "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(salt)$\(hash)"
  }

  /// Blocks for as long as the cost says; the comparison takes the same time whatever the password.
  /// - Returns: `nil` where it couldn't be tried.
  func matches(_ password: [UInt8], derive: Derivation) -> Bool? {
    derive(password, salt, cost).map { ConstantTime.isEqual(hash, $0) }
  }

  package static let scrypt: Derivation = { password, salt, cost in
    guard !password.isEmpty, !salt.isEmpty else { return nil }
    let key = try? KDF.Scrypt.deriveKey(
      from: password, salt: salt, outputByteCount: size, rounds: cost.rounds, blockSize: cost.blockSize,
      parallelism: cost.parallelism)
    return key.map { key in key.withUnsafeBytes { Array($0) } }
  }
}
