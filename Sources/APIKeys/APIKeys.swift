import ByteText

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
    for key in keys where ConstantTime.isEqual(key.digest, digest) { found = key }
    return found
  }
}
