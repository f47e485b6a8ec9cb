import ByteText
import Crypto

/// A kind of service that can be asked for: one of the operator's categories, of the first level or the second.
package struct Open311Service: Hashable, Sendable {
  /// `s` and twelve hexadecimal digits, of a digest of the names: the same for as long as they are.
  package let code: String
  /// The first level; the protocol's group.
  package let category: String
  package let subcategory: String?
  package let keywords: [String]

  /// - Parameter subcategory: `nil` for a category of the first level, as a whole.
  package init(category: String, subcategory: String? = nil, keywords: [String] = []) {
    self.category = category
    self.subcategory = subcategory
    self.keywords = keywords
    let names = category + "\n" + (subcategory ?? "")
    code = "s" + ByteAlphabet.hexadecimal.text(of: SHA256.hash(data: Array(names.utf8)).prefix(6))
  }

  /// Both levels, since a name such as 其他 stands under many.
  package var name: String { subcategory.map { "\(category)/\($0)" } ?? category }
}
