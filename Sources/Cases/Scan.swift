/// What a scanned code was when it was scanned, as the gateway found it: a fact of the opinion from then on, whatever
/// becomes of the code.
package struct Scan: Hashable, Sendable, Codable {
  package enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
    case valid, revoked, expired
    case early = "not-yet-valid"
    /// Forged, or nobody's.
    case unknown
  }

  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// 代表码
    case deputy
    /// 联络站码
    case station
    /// 活动码
    case activity
  }

  package var standing: Standing
  /// `nil` where the standing is ``Standing/unknown``, as all that follows.
  package var kind: Kind?
  /// The id of the deputy or the station; for an activity that of the station in charge of it.
  package var holder: String?
  /// The name of the activity.
  package var activity: String?
  /// Where the code hangs, such as a board, a door, a card.
  package var place: String?
  /// The first-level category of all that is said under this code.
  package var category: String?

  package init(
    standing: Standing, kind: Kind? = nil, holder: String? = nil, activity: String? = nil, place: String? = nil,
    category: String? = nil
  ) {
    self.standing = standing
    self.kind = kind
    self.holder = holder
    self.activity = activity
    self.place = place
    self.category = category
  }
}
