import Accounts
import Cases
import FoundationEssentials
import HTTPTypes

/// A command as the body of a request says it: `{"command": "transfer", "to": "d07", "reason": "…"}`.
///
/// Who gives it is never the body's word: that comes with the request.
struct CommandForm {
  let command: CaseCommand

  /// The members that the body may have beside `command`, of all that a person may ask for here.
  ///
  /// `assign` isn't among them, which is the directory's word on who comes next (`transfer` asks for it), nor is
  /// `disclose`, which has a path of its own.
  static func members(of kind: CaseCommand.Kind) -> Set<String>? {
    switch kind {
    case .sign, .return, .raise, .denyExtension, .pause, .resume, .reopen, .close, .erase: ["reason"]
    case .reply: ["method", "text"]
    case .refuse: ["reason", "ground"]
    case .transfer: ["reason", "to"]
    case .coHandle: ["reason", "with"]
    case .escalate: ["reason", "to", "level"]
    case .supervise: ["reason", "leader"]
    case .requestExtension, .extend: ["reason", "workingDays"]
    case .merge: ["reason", "into"]
    case .unmerge: ["reason", "from"]
    case .review: ["upheld", "text"]
    case .correctCategory: ["category", "subcategory", "reason"]
    case .open, .assign, .grantSupervision, .recordMerged, .recordUnmerged, .recordSimilar, .recordDelivery, .rate,
      .disclose:
      nil
    }
  }

  /// Those that ``members(of:)`` names, in the order of their declaration.
  static let kinds = CaseCommand.Kind.allCases.filter { members(of: $0) != nil }

  /// The most working days that anybody may ask for or give; the policy allows fewer.
  static let mostWorkingDays = 250

  /// - Parameter body: of `POST …/commands`.
  init(body: [UInt8], by account: Account) throws(APIProblem) {
    var members = try Self.object(body)
    guard let name = members.removeValue(forKey: "command") else {
      throw .malformed("command", "The member command is missing.")
    }
    guard let kind = name.text.flatMap({ CaseCommand.Kind(rawValue: $0) }), let known = Self.members(of: kind) else {
      let names = Self.kinds.map(\.rawValue).joined(separator: ", ")
      throw .malformed("command", "command is none of \(names).")
    }
    try self.init(kind, members, known: known, by: account)
  }

  /// - Parameter body: of `POST …/disclose`: `{"reason": "…"}`.
  init(disclosure body: [UInt8], by account: Account) throws(APIProblem) {
    try self.init(.disclose, try Self.object(body), known: ["reason"], by: account)
  }

  private init(
    _ kind: CaseCommand.Kind, _ members: [String: JSONTree], known: Set<String>, by account: Account
  ) throws(APIProblem) {
    if let other = members.keys.filter({ !known.contains($0) }).min() {
      throw .malformed(
        String(other.prefix(64)),
        "\(kind.rawValue) has no such member; it has \(known.sorted().joined(separator: ", ")).")
    }
    if case .number(let days)? = members["workingDays"], days > Double(Self.mostWorkingDays) {
      throw .malformed("workingDays", "workingDays is more than \(Self.mostWorkingDays).")
    }
    var members = members
    members["by"] = .text(account.title)
    members["actor"] = .object(["role": .text(account.actor.role.rawValue), "id": .text(account.actor.id)])
    do throws(Malformed) {
      command = try CaseCommand(type: kind.type, data: JSONData.encode(JSONTree.object(members)))
    } catch {
      throw Self.problem(error)
    }
  }

  private static func object(_ body: [UInt8]) throws(APIProblem) -> [String: JSONTree] {
    guard String(validating: body, as: UTF8.self) != nil,
      let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(body))
    else { throw APIProblem(status: .badRequest, detail: "The body is not JSON in UTF-8.") }
    guard case .object(let members) = tree else {
      throw APIProblem(status: .badRequest, detail: "The body is not an object.")
    }
    return members
  }

  /// The ground names the member as `data.NAME …`, and never repeats what it holds.
  private static func problem(_ error: Malformed) -> APIProblem {
    guard error.reason.hasPrefix("data."), let end = error.reason.firstIndex(of: " ") else {
      return APIProblem(status: .badRequest, detail: "The body holds what a command cannot.")
    }
    let path = error.reason[..<end].dropFirst("data.".count)
    let field = path.split(separator: ".").first.map(String.init) ?? String(path)
    return .malformed(field, "\(path)\(error.reason[end...]).")
  }
}
