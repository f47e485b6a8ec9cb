/// All clients of the open API.
package struct APIKeys: Sendable {
  /// `POST /opinions` is open to those without a key, too.
  package let isPublic: Bool
  private let keys: [APIKey]

  package init(_ keys: [APIKey], isPublic: Bool = false) {
    self.keys = keys
    self.isPublic = isPublic
  }

  /// Whose key it is. Every digest is compared, each to its end, so the time says nothing about any of them.
  package func key(_ text: String) -> APIKey? {
    let digest = APIKey.digest(of: text)
    var found: APIKey?
    for key in keys where Self.isEqual(key.digest, digest) { found = key }
    return found
  }

  private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}
