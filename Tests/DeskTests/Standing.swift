import Cases
import Testing

/// Somebody before a case, and what they may do with it: written out here once more, so that a mistake in the rules can't
/// hide itself.
struct Standing: Hashable, Sendable, CustomTestStringConvertible {
  enum Relation: String, CaseIterable, Sendable { case own, offered, helper, watched, none }

  let user: String
  let holder: String?
  let relation: Relation

  var testDescription: String { "\(user) \(relation.rawValue)" }

  static let all: [Standing] = [
    Standing(user: "zhang", holder: "d1", relation: .own), Standing(user: "zhang", holder: "d1", relation: .offered),
    Standing(user: "zhang", holder: "d1", relation: .helper), Standing(user: "zhang", holder: "d1", relation: .none),
    Standing(user: "liuhe", holder: "lh", relation: .own), Standing(user: "liuhe", holder: "lh", relation: .offered),
    Standing(user: "liuhe", holder: "lh", relation: .helper),
    Standing(user: "liuhe", holder: "lh", relation: .watched), Standing(user: "liuhe", holder: "lh", relation: .none),
    Standing(user: "zhujian", holder: "zj", relation: .own),
    Standing(user: "zhujian", holder: "zj", relation: .offered),
    Standing(user: "zhujian", holder: "zj", relation: .helper),
    Standing(user: "zhujian", holder: "zj", relation: .none),
    Standing(user: "duban", holder: nil, relation: .none), Standing(user: "root", holder: nil, relation: .none),
  ]

  /// The county's case "c1", which this one stands so to; signed for, unless it is offered to them. And "c2", theirs.
  func office() throws -> Office {
    let office = try Office()
    try office.open("c2", owner: holder ?? "sw", supervisor: nil)
    try office.open(
      "c1", owner: relation == .own ? holder ?? "sw" : "sw", supervisor: relation == .watched ? "lh" : "county")
    let by = CaseCommand.Order(by: "x", actor: Actor(role: .administrator, id: "root"))
    try office.give(.sign(by), to: "c1", as: "signed")
    switch relation {
    case .own, .watched, .none: break
    case .helper:
      let helper = try #require(self.holder)
      try office.give(.coHandle(CaseCommand.CoHandle(by: "x", with: [helper])), to: "c1", as: "helped")
    case .offered:
      let owner = try #require(self.holder.flatMap { office.directory.owner($0) })
      let assignment = Assignment(owner: owner, reason: "x", directory: "test")
      try office.give(
        .assign(CaseCommand.Assign(assignment: assignment, because: .decided, by: "x")), to: "c1", as: "offered")
    }
    return office
  }

  var isVisible: Bool { relation != .none || holder == nil }

  /// The forms that a page of the case has, in any order.
  var forms: Set<String> {
    let holding: Set = [
      "answer-on-the-spot", "reply", "transfer", "return", "request-extension", "co-handle", "correct-category",
      "escalate", "merge",
    ]
    let above: Set = [
      "correct-category", "escalate", "pause", "merge", "assign", "extend", "refuse", "raise", "erase",
    ]
    let ofStations: Set = user == "liuhe" ? ["refuse", "raise"] : []
    switch (user, relation) {
    case ("duban", _): return above.union(["supervise"])
    case ("root", _): return holding.union(above).union(["supervise"])
    case (_, .own): return holding.union(["pause"]).union(ofStations)
    case (_, .offered): return holding.union(["sign"]).union(ofStations)
    case (_, .watched): return above
    case (_, .helper), (_, .none): return []
    }
  }

  var mayDisclose: Bool { holder == nil || relation != .helper && relation != .none }

  /// Those that they have the right to give, whether the case stands so or not.
  var rights: Set<String> {
    let holding: Set = [
      "answer-on-the-spot", "reply", "transfer", "return", "request-extension", "co-handle", "correct-category",
      "escalate", "merge", "unmerge", "pause", "resume", "disclose",
    ]
    let above: Set = [
      "correct-category", "escalate", "pause", "resume", "merge", "unmerge", "disclose", "assign", "extend",
      "deny-extension", "review", "close", "refuse", "raise", "erase", "reopen",
    ]
    let ofStations: Set = user == "liuhe" ? ["refuse", "raise"] : []
    switch (user, relation) {
    case ("duban", _): return above.union(["supervise"])
    case ("root", _): return holding.union(above).union(["supervise", "sign"])
    case (_, .own): return holding.union(ofStations)
    case (_, .offered): return holding.union(["sign"]).union(ofStations)
    case (_, .watched): return above
    case (_, .helper), (_, .none): return []
    }
  }

  /// Every form of the desk, filled in so that nothing is wrong with it.
  static let entries: [String: [String: String]] = [
    "sign": [:], "answer-on-the-spot": ["text": "当面说清"], "reply": ["method": "phone", "text": "修好了"],
    "transfer": ["to": "county", "reason": "不是我的"], "return": ["reason": "不是我的"],
    "request-extension": ["days": "3", "reason": "下雨"], "extend": ["days": "2"], "deny-extension": ["reason": "来得及"],
    "co-handle": ["with1": "county"], "correct-category": ["category": "水利"], "escalate": ["reason": "办不了"],
    "pause": ["reason": "等检测"], "resume": [:], "raise": [:], "merge": ["into": "c2"], "unmerge": [:],
    "assign": ["to": "county", "reason": "研判"], "supervise": ["leader": "张副主任"], "refuse": ["reason": "已进入诉讼"],
    "close": [:], "review": ["upheld": "yes", "reason": "属实"], "reopen": ["reason": "没办好"],
    "erase": ["reason": "本人要求", "sure": "yes"], "disclose": ["purpose": "电话答复"],
  ]
}
