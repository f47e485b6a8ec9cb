import Accounts
import Synchronization

/// In place of scrypt: cheap, unlike for each password and salt, and it counts how often it is asked.
final class Derivations: Sendable {
  private let asked = Mutex<[PasswordHash.Cost]>([])

  var costs: [PasswordHash.Cost] { asked.withLock { $0 } }

  @Sendable func derive(_ password: [UInt8], _ salt: [UInt8], _ cost: PasswordHash.Cost) -> [UInt8]? {
    asked.withLock { $0.append(cost) }
    return Self.mixed(password, salt, cost)
  }

  @Sendable static func mixed(_ password: [UInt8], _ salt: [UInt8], _: PasswordHash.Cost) -> [UInt8]? {
    var bytes = [UInt8](repeating: 7, count: 32)
    for (index, byte) in (password + [0] + salt).enumerated() {
      bytes[index % 32] = bytes[index % 32] &* 31 &+ byte &+ UInt8(truncatingIfNeeded: index)
    }
    return bytes
  }

  /// The hash of that password under these.
  static func hash(_ password: String, salt: UInt8 = 1, cost: PasswordHash.Cost = .usual) -> PasswordHash? {
    PasswordHash(of: password, salt: Array(repeating: salt, count: 16), cost: cost, derive: mixed)
  }
}
