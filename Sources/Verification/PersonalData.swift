import Cases

/// That nothing in a record's data names its citizen, save what they said themselves.
struct PersonalData {
  /// Members that would hold a person.
  private static let members: Set<String> = ["citizen", "phone", "openid"]
  /// Members that hold what was said, in the citizen's or the clerk's own words.
  private static let freeText: Set<String> = ["text", "title", "address", "why", "reason"]
  /// Members that may hold a clerk's name, which may be like a citizen's.
  private static let clerks: Set<String> = ["by", "name", "leader"]

  /// Members that hold somebody who acts, and so have a name.
  private static let owners: Set<String> = ["owner", "from", "supervisor", "attendant"]

  private let id: String?
  private let name: String?
  private let phone: String?

  /// What is too short to be anybody's alone is not looked for.
  /// - Parameter citizen: of the case, where one is known.
  init(_ citizen: Citizen?) {
    func known(_ text: String?, from length: Int) -> String? {
      text.flatMap { $0.count >= length ? $0 : nil }
    }
    id = known(citizen?.id, from: 6)
    name = known(citizen?.name, from: 2)
    phone = known(citizen?.phone, from: 7)
  }

  func check(_ data: [UInt8]?, _ fault: (String) -> Void) {
    JSONWalk.walk(data ?? []) { part in
      switch part {
      case .member(let member, let parent):
        if Self.members.contains(member.lowercased()) { fault("its data has a member \(member)") }
        if member == "name", !Self.owners.contains(parent) { fault("its data has a name that is no owner's") }
      case .text(let text, let member):
        guard !Self.freeText.contains(member) else { return }
        if let phone, text.contains(phone) { fault("the citizen's phone number stands in \(member)") }
        if text == id { fault("the citizen's id stands in \(member)") }
        if text == name, !Self.clerks.contains(member) { fault("the citizen's name stands in \(member)") }
      }
    }
  }
}
