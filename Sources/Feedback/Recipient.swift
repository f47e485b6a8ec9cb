/// Who is told something of a case.
enum Recipient: String, Hashable, Sendable, Codable, CaseIterable {
  case citizen
  /// Who must act.
  case owner
  /// 协办
  case attendant
  /// The station that watches over it.
  case supervisor
  /// The deputy whose code was scanned: they are kept informed to the end (充分知情).
  case proposer
}
