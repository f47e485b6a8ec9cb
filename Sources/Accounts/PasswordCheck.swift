import Offloading

/// Tries passwords, on two threads of its own: so a flood of them takes no more memory than two do (64 MiB at the usual
/// cost), and holds up nobody else.
package struct PasswordCheck: Sendable {
  private let derive: PasswordHash.Derivation
  /// As many may wait as take a few seconds.
  private let offload = Offload(name: "passwords", threads: 2, limit: 50)

  package init(derive: @escaping PasswordHash.Derivation = PasswordHash.scrypt) {
    self.derive = derive
  }

  /// Takes as long for nobody, or for one who has no password, as for the user with the longest.
  /// - Returns: `nil` if too much is asked at once.
  package func isRight(_ password: String, for user: User?, cost: PasswordHash.Cost) async -> Bool? {
    let hash = user?.password ?? .ofNobody(cost: cost)
    let bytes = Array(password.utf8)
    let isMatch = try? await offload.run { [derive] in hash.matches(bytes, derive: derive) }
    guard let isMatch else { return nil }
    return isMatch && user?.password != nil
  }
}
