/// What an opinion is about: the data of `classified`, and of the first part of a classification record.
///
/// What may be missing was not said by earlier versions, or doesn't apply.
package struct Classification: Hashable, Sendable, Codable {
  /// A category and how likely it is.
  package struct Guess: Hashable, Sendable, Codable {
    package var category: String
    /// 0 … 1, in thousandths.
    package var confidence: Double

    package init(category: String, confidence: Double) {
      self.category = category
      self.confidence = confidence
    }
  }

  /// A piece of the opinion as it was written.
  package struct Span: Hashable, Sendable, Codable {
    package enum Field: String, Hashable, Sendable, Codable, CaseIterable { case title, text }

    package var field: Field
    /// Unicode scalars before its first one, and before the one behind its last.
    package var start, end: Int

    package init(field: Field, start: Int, end: Int) {
      self.field = field
      self.start = start
      self.end = end
    }
  }

  package enum Decider: String, Hashable, Sendable, Codable, CaseIterable {
    /// The trained model.
    case model
    /// A rule or the words of the operator's categories.
    case rule
    /// The code that was scanned.
    case code
    /// Whoever sent it.
    case citizen
    /// Someone who looked at it afterwards: see ``Classification/correction``.
    case person
  }

  /// Who decided otherwise than before, and why.
  package struct Correction: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String?

    package init(by: String, reason: String? = nil) {
      self.by = by
      self.reason = reason
    }
  }

  /// A first-level category, such as 城乡建设.
  package var category: String
  /// Of the second level, where its words were found.
  package var subcategory: String?
  /// 0 … 1.
  package var confidence: Double
  /// The likeliest other category.
  package var second: Guess?
  /// False: a person should look at it.
  package var sure: Bool?
  /// The words that decided it, as they were written, the weightiest first.
  package var why: [String]
  /// Where those words stand, as many as there are words.
  package var spans: [Span]?
  package var by: Decider?
  /// Of the rules or the model.
  package var version: String
  /// What else the text says; `nil` in a correction, to which what was read before applies.
  package var reading: TextReading?
  package var correction: Correction?

  package init(
    category: String, subcategory: String? = nil, confidence: Double, second: Guess? = nil, sure: Bool? = nil,
    why: [String], spans: [Span]? = nil, by: Decider? = nil, version: String,
    reading: TextReading? = nil, correction: Correction? = nil
  ) {
    self.category = category
    self.subcategory = subcategory
    self.confidence = confidence
    self.second = second
    self.sure = sure
    self.why = why
    self.spans = spans
    self.by = by
    self.version = version
    self.reading = reading
    self.correction = correction
  }

  /// A person's word for it.
  package init(_ correction: CaseCommand.CorrectCategory) {
    self.init(
      category: correction.category, subcategory: correction.subcategory, confidence: 1, sure: true, why: [],
      by: .person, version: "person", correction: Correction(by: correction.by, reason: correction.reason))
  }
}

extension Classification {
  /// Why a person should look before a department is chosen by the category, in words for the county's station; `nil` if
  /// there is no such reason. Matters of courts and the like are never turned away by a machine.
  package var doubt: String? {
    if let sign = reading?.legal.first {
      return "提到“\(sign.words.first ?? sign.sign)”，可能属\(sign.sign)事项"
    }
    guard sure == false else { return nil }
    let guesses = ["“\(category)”"] + (second.map { ["“\($0.category)”"] } ?? [])
    return "类别拿不准（可能是\(guesses.joined(separator: "或"))）"
  }
}
