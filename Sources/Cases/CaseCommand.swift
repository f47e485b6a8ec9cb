/// What someone wants done to a case: the records of `commands`.
package enum CaseCommand: Hashable, Sendable {
  case open(Open)
  case assign(Assign)
  case sign(Order)
  case reply(Reply)
  case refuse(Refuse)
  case transfer(Transfer)
  case `return`(Order)
  case coHandle(CoHandle)
  case escalate(Escalate)
  /// 列为代表建议: from now on it is a formal suggestion, with the law's own terms.
  case raise(Order)
  case supervise(Supervise)
  case grantSupervision(GrantSupervision)
  case requestExtension(RequestExtension)
  case extend(Extend)
  case denyExtension(Order)
  case pause(Order)
  case resume(Order)
  case merge(Merge)
  case unmerge(Unmerge)
  case recordMerged(RecordMerged)
  case recordUnmerged(RecordMerged)
  case recordSimilar(RecordSimilar)
  case recordDelivery(RecordDelivery)
  case rate(Rate)
  case reopen(Order)
  case review(Review)
  case close(Order)
  case correctCategory(CorrectCategory)
  /// Forgets who the citizen is, and what they wrote wherever it is shown; the case's history stays.
  case erase(Order)
  /// Asks to see who the citizen is, and what they wrote as they wrote it: whoever looks is on record first.
  case disclose(Order)

  /// The word within `cn.huiyin.case.NAME.v1`.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case open, assign, sign, reply, refuse, transfer, `return`, escalate, raise, supervise, extend, pause, resume,
      merge,
      unmerge, rate, reopen, review, close, erase, disclose
    case coHandle = "co-handle"
    case grantSupervision = "grant-supervision"
    case requestExtension = "request-extension"
    case denyExtension = "deny-extension"
    case recordMerged = "record-merged"
    case recordUnmerged = "record-unmerged"
    case recordSimilar = "record-similar"
    case recordDelivery = "record-delivery"
    case correctCategory = "correct-category"

    package var type: String { CaseCommand.typePrefix + rawValue + ".v1" }

    /// `nil` for a type that is not a command's.
    package init?(type: String) {
      guard type.hasPrefix(CaseCommand.typePrefix), type.hasSuffix(".v1") else { return nil }
      self.init(rawValue: String(type.dropFirst(CaseCommand.typePrefix.count).dropLast(".v1".count)))
    }
  }

  package static let typePrefix = "cn.huiyin.case."
  package static let types = Set(Kind.allCases.map(\.type))
  package var type: String { kind.type }
}
