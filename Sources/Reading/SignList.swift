import Cases

/// Signs that are looked for in opinions, each with the words that show it: an operator's list, such as of urgency.
///
/// A word that only looks like a sign (跳楼价) is an exception: where it stands, the sign in it doesn't count.
package struct SignList: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// What the words show, such as 燃气泄漏.
    package var sign: String
    package var words: [String]
    /// Words that hold one of `words`, or overlap it, and show nothing.
    package var except: [String]

    package init(sign: String, words: [String], except: [String] = []) {
      self.sign = sign
      self.words = words
      self.except = except
    }
  }

  /// What is wrong with a list, and in which entry, counted from 0; `nil` for the whole.
  package struct Fault: Error, Hashable, Sendable {
    package var entry: Int?
    package var message: String
  }

  /// Stands in every reading that was made with it.
  package let version: String
  package let entries: [Entry]

  /// - Throws: ``Fault`` for a version that can't be one; a sign that is empty or stands twice; an empty word; and a word
  ///   that stands twice, since it would show two things. Words that differ only in form (``FoldedText``) are the same.
  package init(version: String, entries: [Entry]) throws(Fault) {
    guard isVersion(version) else {
      throw Fault(entry: nil, message: "the version \(versionForm)")
    }
    var signs: Set<String> = []
    var owners: [[UInt32]: String] = [:]
    for (index, entry) in entries.enumerated() {
      guard !FoldedText(entry.sign).scalars.allSatisfy({ $0 <= 0x20 }) else {
        throw Fault(entry: index, message: "the sign has no name")
      }
      guard signs.insert(entry.sign).inserted else {
        throw Fault(entry: index, message: "the sign \(entry.sign) stands twice")
      }
      guard !entry.words.isEmpty else { throw Fault(entry: index, message: "the sign \(entry.sign) has no words") }
      for word in entry.words + entry.except {
        let folded = FoldedText(word).scalars
        guard !folded.allSatisfy({ $0 <= 0x20 }) else {
          throw Fault(entry: index, message: "the sign \(entry.sign) has an empty word")
        }
        if let owner = owners.updateValue(entry.sign, forKey: folded) {
          throw Fault(entry: index, message: "the word \(word) of the sign \(entry.sign) is already one of \(owner)")
        }
      }
    }
    self.version = version
    self.entries = entries
  }

  /// Lists that stand in the code, checked by the tests.
  init(builtIn version: String, _ entries: [Entry]) {
    do {
      try self.init(version: version, entries: entries)
    } catch {
      preconditionFailure("\(version): \(error.message)")
    }
  }
}

extension SignList.Entry {
  /// - Parameters: words with spaces between them.
  init(_ sign: String, _ words: String, except: String = "") {
    self.init(
      sign: sign, words: words.split(whereSeparator: \.isWhitespace).map(String.init),
      except: except.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
