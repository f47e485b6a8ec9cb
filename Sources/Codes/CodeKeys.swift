import ByteText
package import Cases
import Crypto

/// The secrets that codes are sealed with. The first seals new ones; all are accepted, so that a key can be replaced
/// while boards sealed with the old one still hang: put the new one before it, and drop the old one when none hang any more.
package struct CodeKeys: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// Names the entry that is wrong, by its number; never what stands in it.
  package struct Invalid: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
  }

  package static let minimumSize = 16

  private struct Key {
    let id: String
    let secret: SymmetricKey
  }

  private let first: Key
  private let others: [Key]

  /// - Parameter text: `ID:SECRET`, separated by commas or line ends; empty lines, and spaces around an entry, are passed
  ///   over. An id is 1–4 characters of ``CodeID``'s; a secret has at least ``minimumSize`` bytes and no comma.
  package init(_ text: String) throws(Invalid) {
    var keys: [Key] = []
    let entries = text.split { $0 == "," || $0.isNewline }.map { $0.trimming(while: \.isWhitespace) }
    for (index, entry) in entries.filter({ !$0.isEmpty }).enumerated() {
      let name = "key \(index + 1)"
      let parts = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw Invalid(description: "\(name) is not of the form ID:SECRET") }
      guard CodeToken.keyLengths.contains(parts[0].utf8.count), parts[0].utf8.allSatisfy(CodeAlphabet.holds) else {
        throw Invalid(description: "the id of \(name) is not 1 to 4 of 2–9 and A–Z without I and O")
      }
      guard parts[1].utf8.count >= Self.minimumSize else {
        throw Invalid(description: "the secret of \(name) has fewer than \(Self.minimumSize) bytes")
      }
      guard !keys.contains(where: { $0.id == parts[0] }) else {
        throw Invalid(description: "\(name) has the id of a key before it")
      }
      keys.append(Key(id: parts[0], secret: SymmetricKey(data: Array(parts[1].utf8))))
    }
    guard let first = keys.first else { throw Invalid(description: "there is no key") }
    self.first = first
    others = Array(keys.dropFirst())
  }

  package var description: String { "code keys" }
  package var debugDescription: String { description }

  /// The token of a code, under the first key.
  package func token(_ kind: Scan.Kind, _ code: CodeID) -> CodeToken {
    let bare = CodeToken(kind, key: first.id, code: code, seal: "")
    return CodeToken(kind, key: first.id, code: code, seal: Self.seal(of: bare, under: first))
  }

  /// What was sealed under one of the keys, and only that. Takes the same time for every seal, however much of it is right.
  package func open(_ text: String) -> CodeToken? {
    guard let token = CodeToken(parsing: text) else { return nil }
    guard let key = ([first] + others).first(where: { $0.id == token.key }) else { return nil }
    return ConstantTime.isEqual(Self.seal(of: token, under: key), token.seal) ? token : nil
  }

  /// The name of the code of this subject and number: under one key always the same, under another another.
  func id(of subject: Code.Subject, serial: Int) -> CodeID {
    let fields = [subject.kind.rawValue, subject.holder, subject.activity ?? "", subject.place ?? "", String(serial)]
    // Lengths before the fields, so that no two lists of fields are one text.
    let text = "huiyin code id 1" + fields.map { "\n\($0.utf8.count):\($0)" }.joined()
    return CodeID(digest: HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: first.secret))
  }

  private static func seal(of token: CodeToken, under key: Key) -> String {
    let text = "huiyin code token 1\n" + token.sealed
    let digest = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key.secret)
    return CodeAlphabet.text(of: digest.prefix(CodeToken.sealLength * 5 / 8))
  }
}

extension Substring {
  fileprivate func trimming(while isDropped: (Character) -> Bool) -> Substring {
    let start = drop(while: isDropped)
    return start.lastIndex { !isDropped($0) }.map { start[...$0] } ?? start[start.endIndex...]
  }
}
