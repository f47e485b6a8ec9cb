package import Cases
package import Time

/// A code that hangs somewhere: the data of `cn.huiyin.code.v1`, whole in each of its records, so that the newest tells all.
package struct Code: Hashable, Sendable, Codable {
  /// Whose code it is, and where it hangs.
  package struct Subject: Hashable, Sendable {
    package var kind: Scan.Kind
    /// Id of the deputy or the station; an activity's is the station in charge.
    package var holder: String
    /// Name of the activity, of that kind only.
    package var activity: String?
    /// Such as a board, a door, a card.
    package var place: String?

    package init(_ kind: Scan.Kind, holder: String, activity: String? = nil, place: String? = nil) {
      self.kind = kind
      self.holder = holder
      self.activity = activity
      self.place = place
    }
  }

  package struct Revocation: Hashable, Sendable, Codable {
    package var at: GivenTime
    package var reason: String

    package init(at: GivenTime, reason: String) {
      self.at = at
      self.reason = reason
    }
  }

  package var id: CodeID
  package var kind: Scan.Kind
  package var holder: String
  package var activity: String?
  package var place: String?
  /// Counts the codes of one subject: one that was revoked or has expired may be followed by another.
  package var serial: Int
  /// First-level category that its opinions belong to.
  package var category: String?
  package var made: GivenTime
  /// Valid from this moment on; `nil`: since it was made.
  package var from: GivenTime?
  /// Valid before this moment; `nil`: for good.
  package var until: GivenTime?
  package var revoked: Revocation?

  package init(
    _ subject: Subject, id: CodeID, serial: Int, category: String? = nil, made: GivenTime, from: GivenTime? = nil,
    until: GivenTime? = nil
  ) {
    self.id = id
    kind = subject.kind
    holder = subject.holder
    activity = subject.activity
    place = subject.place
    self.serial = serial
    self.category = category
    self.made = made
    self.from = from
    self.until = until
  }

  package var subject: Subject { Subject(kind, holder: holder, activity: activity, place: place) }

  package func standing(at time: Instant) -> Scan.Standing {
    if revoked != nil { return .revoked }
    if let from, time < from.instant { return .early }
    if let until, time >= until.instant { return .expired }
    return .valid
  }

  /// - Throws: ``Malformed`` that names the field.
  package func check() throws(Malformed) {
    guard CaseID(holder) != nil else { throw Malformed("data.holder is not an id of the directory") }
    guard (activity != nil) == (kind == .activity) else {
      throw Malformed("data.activity is missing, or of a code that is none of an activity")
    }
    for (name, text) in [("activity", activity), ("place", place), ("category", category)] {
      guard let text else { continue }
      let isPlain = !text.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }
      guard isPlain, text.count <= 100, text.contains(where: { !$0.isWhitespace }) else {
        throw Malformed("data.\(name) is empty, longer than 100 characters, or not one line")
      }
    }
    guard serial >= 1 else { throw Malformed("data.serial is less than 1") }
    if let from, let until, until.instant <= from.instant { throw Malformed("data.until is not after data.from") }
  }
}
