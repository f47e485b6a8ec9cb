import Cases
import Time

/// What the forms of one case, for one person, ask for and take.
struct FormRules {
  enum Limit {
    static let answer = 5000
    static let reason = 500
    static let name = 50
    static let number = 64
    static let days = 1...90
    static let helpers = 3
  }

  let summary: CaseSummary
  let actor: Actor
  let directory: Directory
  let categories: [DeskCategory]

  private static let reason = FormField("reason", Phrase("理由", "Reason"), .text(limit: Limit.reason))
  private static let remark = FormField(
    "reason", Phrase("说明", "Remark"), .text(limit: Limit.reason), isRequired: false)

  func fields(of form: DeskForm) -> [FormField] {
    switch form {
    case .sign, .close: []
    case .answer: [Self.answer]
    case .reply: [FormField("method", Phrase("方式", "How"), .choice(Self.methods)), Self.answer]
    case .transfer: [FormField("to", Phrase("转给", "To"), .choice(owners())), Self.reason]
    case .return, .pause, .reopen, .denyExtension: [Self.reason]
    case .resume, .raise, .unmerge: [Self.remark]
    case .requestExtension:
      [FormField("days", Phrase("延长几个工作日", "Working days more"), .number(Limit.days)), Self.reason]
    case .extend:
      [
        FormField(
          "days", Phrase("延长几个工作日", "Working days more"), .number(Limit.days),
          isRequired: summary.extensionRequested == nil,
          hint: summary.extensionRequested.map { Phrase("申请 \($0) 个；不填即按申请。", "\($0) are asked for; empty: as many.") }),
        Self.remark,
      ]
    case .coHandle:
      (1...Limit.helpers).map { number in
        FormField(
          "with\(number)", Phrase("协办方 \(number)", "Helper \(number)"), .choice(owners()), isRequired: number == 1)
      } + [Self.remark]
    case .correctCategory: [FormField("category", Phrase("类别", "Category"), .choice(categoryChoices)), Self.remark]
    case .escalate:
      [
        FormField(
          "to", Phrase("提级到", "To"), .choice(owners()), isRequired: false,
          hint: Phrase("不选即由上一级联络站办理。", "None: the station above."))
      ] + (actor.role == .department ? [] : [Self.level]) + [Self.reason]
    case .merge:
      [
        FormField(
          "into", Phrase("并入的办件编号", "Number of the case that leads"), .line(limit: Limit.number),
          hint: Phrase("与哪一件一起办理。", "The one that it is handled with.")), Self.remark,
      ]
    case .assign: [FormField("to", Phrase("交给", "To"), .choice(owners(all: true))), Self.reason]
    case .supervise:
      [FormField("leader", Phrase("领衔督办的领导", "Leader in charge"), .line(limit: Limit.name)), Self.remark]
    case .refuse:
      [
        FormField("reason", Phrase("理由（群众会看到）", "Reason (the citizen reads it)"), .text(limit: Limit.answer)),
        FormField(
          "ground", Phrase("依据", "Ground"), .line(limit: Limit.reason), isRequired: false,
          hint: Phrase("如：已进入诉讼程序。", "Such as a lawsuit that is under way.")),
      ]
    case .review:
      [
        FormField("upheld", Phrase("结论", "Finding"), .choice(Self.findings)),
        FormField("reason", Phrase("情况", "What was found"), .text(limit: Limit.reason)),
      ]
    case .erase:
      [
        Self.reason,
        FormField("sure", Phrase("确认删除，不能恢复", "Yes, forget it for good"), .confirmation),
      ]
    case .disclose:
      [
        FormField("purpose", Phrase("用途", "Purpose"), .choice(Self.purposes)),
        FormField(
          "reason", Phrase("说明", "Remark"), .text(limit: Limit.reason), isRequired: false,
          hint: Phrase("选“其他”时必填。", "Needed for “other”.")),
      ]
    }
  }

  private static let answer = FormField("text", Phrase("答复内容", "The answer"), .text(limit: Limit.answer))

  private static let methods: [FormField.Choice] = [
    .init(value: "phone", label: Phrase("电话", "By phone")), .init(value: "writing", label: Phrase("书面", "In writing")),
    .init(value: "wechat", label: Phrase("微信", "By WeChat")),
  ]

  private static let findings: [FormField.Choice] = [
    .init(value: "yes", label: Phrase("已落实，维持办结", "Settled: it stays closed")),
    .init(value: "no", label: Phrase("未落实，重新办理", "Not settled: it is taken up again")),
  ]

  private static let other = "其他"
  private static let purposes: [FormField.Choice] = [
    .init(value: "电话答复", label: Phrase("电话答复", "To answer by phone")),
    .init(value: "上门核实", label: Phrase("上门核实", "To visit them")),
    .init(value: "书面答复", label: Phrase("书面答复", "To answer in writing")),
    .init(value: other, label: Phrase(other, "Other")),
  ]

  private static let level = FormField(
    "level", Phrase("带往上级人大", "Taken to a higher congress"),
    .choice([
      .init(value: "city", label: Phrase("市人大", "The city's")),
      .init(value: "provincial", label: Phrase("省人大", "The province's")),
      .init(value: "national", label: Phrase("全国人大", "The nation's")),
    ]),
    isRequired: false, hint: Phrase("超出县级权限的，由相应层级代表带往。", "Where it is beyond the county's power."))

  /// - Parameter all: those who have it, too.
  private func owners(all: Bool = false) -> [FormField.Choice] {
    let holders = all ? [] : [summary.owner?.id, summary.offered?.id].compactMap(\.self)
    let groups: [(Phrase, [(id: String, name: String)])] = [
      (Phrase("联络站", "Stations"), directory.stations.map { ($0.id, $0.name) }),
      (Phrase("承办单位", "Departments"), directory.departments.map { ($0.id, $0.name) }),
      (Phrase("人大代表", "Deputies"), directory.deputies.map { ($0.id, $0.name) }),
    ]
    return groups.flatMap { group, owners in
      owners.filter { !holders.contains($0.id) }.map {
        .init(value: $0.id, label: Phrase($0.name, $0.name), group: group)
      }
    }
  }

  private var categoryChoices: [FormField.Choice] {
    categories.flatMap { category in
      let group = Phrase(category.name, category.name)
      return [FormField.Choice(value: category.name, label: group, group: group)]
        + category.topics.map { .init(value: Self.value(category, $0), label: Phrase($0, $0), group: group) }
    }
  }

  private static func value(_ category: DeskCategory, _ topic: String) -> String { category.name + " › " + topic }

  /// The category that a choice of ``categoryChoices`` stands for.
  private func subject(_ value: String) -> (category: String, subcategory: String?)? {
    for category in categories {
      if category.name == value { return (value, nil) }
      if let topic = category.topics.first(where: { Self.value(category, $0) == value }) {
        return (category.name, topic)
      }
    }
    return nil
  }
}

// MARK: What was filled in

extension FormRules {
  /// What stands in the fields of a form, and what is wrong with it.
  struct Entry {
    var values: [String: String]
    var faults: [String: Phrase] = [:]

    /// `nil` for an empty one.
    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// - Parameter find: the id of the one case that this person may see and names so.
  func read(
    _ form: DeskForm, _ sent: [String: String], find: (String) throws -> CaseID?
  ) rethrows -> (entry: Entry, merged: CaseID?) {
    let fields = fields(of: form)
    var entry = Entry(values: [:])
    for field in fields {
      let value = FormField.plain(sent[field.name] ?? "")
      entry.values[field.name] = value
      entry.faults[field.name] = field.fault(of: value)
    }
    guard entry.faults.isEmpty else { return (entry, nil) }
    var merged: CaseID?
    switch form {
    case .merge:
      merged = try find(entry["into"] ?? "")
      if merged == nil {
        entry.faults["into"] = Phrase("没有找到这个编号的办件。", "There is no such case among those that you see.")
      } else if merged == summary.id {
        entry.faults["into"] = Phrase("不能并入它自己。", "It can't be handled together with itself.")
      }
    case .escalate where entry["to"] != nil && entry["level"] != nil:
      entry.faults["level"] = Phrase("“提级到”和“带往上级人大”只能选一项。", "Choose one of the two.")
    case .disclose where entry["purpose"] == Self.other && entry["reason"] == nil:
      entry.faults["reason"] = Phrase("请说明用途。", "Say what for.")
    case .coHandle:
      if let owner = summary.owner, helpers(entry).contains(owner.id) {
        entry.faults["with1"] = Phrase("承办方不能同时协办。", "Its owner can't be a helper, too.")
      }
    default: break
    }
    return (entry, merged)
  }

  private func helpers(_ entry: Entry) -> [String] {
    (1...Limit.helpers).compactMap { entry["with\($0)"] }.reduce(into: []) { ids, id in
      if !ids.contains(id) { ids.append(id) }
    }
  }

  /// The command that a form without faults stands for; `nil` where one has been overlooked.
  /// - Parameters:
  ///   - by: who gives it, as others see them.
  ///   - merged: what ``read(_:_:find:)`` found.
  func command(
    _ form: DeskForm, _ entry: Entry, by: String, merged: CaseID?, attachments: [Opinion.Attachment] = [],
    at now: Instant
  ) -> CaseCommand? {
    let order = CaseCommand.Order(by: by, actor: actor, reason: entry["reason"])
    let reason = entry["reason"] ?? ""
    let attachments = attachments.isEmpty ? nil : attachments
    switch form {
    case .sign: return .sign(order)
    case .answer:
      return .reply(
        CaseCommand.Reply(by: by, actor: actor, method: .onTheSpot, text: entry["text"] ?? "", attachments: attachments)
      )
    case .reply:
      guard let method = entry["method"].flatMap({ CaseCommand.Reply.Method(rawValue: $0) }) else { return nil }
      return .reply(
        CaseCommand.Reply(by: by, actor: actor, method: method, text: entry["text"] ?? "", attachments: attachments))
    case .transfer:
      return .transfer(CaseCommand.Transfer(by: by, actor: actor, reason: reason, to: entry["to"] ?? ""))
    case .return: return .return(order)
    case .requestExtension:
      guard let days = entry["days"].flatMap({ Int($0) }) else { return nil }
      return .requestExtension(
        CaseCommand.RequestExtension(by: by, actor: actor, reason: reason, workingDays: days))
    case .extend:
      let days = entry["days"].flatMap { Int($0) }
      return .extend(CaseCommand.Extend(by: by, actor: actor, reason: entry["reason"], workingDays: days))
    case .denyExtension: return .denyExtension(order)
    case .coHandle:
      return .coHandle(CaseCommand.CoHandle(by: by, actor: actor, reason: entry["reason"], with: helpers(entry)))
    case .correctCategory:
      guard let (category, subcategory) = subject(entry["category"] ?? "") else { return nil }
      return .correctCategory(
        CaseCommand.CorrectCategory(
          by: by, actor: actor, category: category, subcategory: subcategory, reason: entry["reason"]))
    case .escalate:
      return .escalate(
        CaseCommand.Escalate(by: by, actor: actor, reason: reason, to: entry["to"], level: entry["level"]))
    case .pause: return .pause(order)
    case .resume: return .resume(order)
    case .raise: return .raise(order)
    case .merge:
      return merged.map { .merge(CaseCommand.Merge(by: by, actor: actor, reason: entry["reason"], into: $0)) }
    case .unmerge: return .unmerge(CaseCommand.Unmerge(by: by, actor: actor, reason: entry["reason"]))
    case .assign:
      guard let owner = entry["to"].flatMap({ directory.owner($0) }) else { return nil }
      let assignment = directory.decide(
        for: owner, of: summary, "\(by)决定由\(owner.name)办理：\(reason)", on: TimeOffset.shanghai.date(of: now))
      return .assign(CaseCommand.Assign(assignment: assignment, because: .decided, by: by, actor: actor))
    case .supervise:
      return .supervise(
        CaseCommand.Supervise(by: by, actor: actor, reason: entry["reason"], leader: entry["leader"] ?? ""))
    case .refuse:
      return .refuse(CaseCommand.Refuse(by: by, actor: actor, reason: reason, ground: entry["ground"]))
    case .close: return .close(order)
    case .review:
      return .review(
        CaseCommand.Review(by: by, actor: actor, upheld: entry["upheld"] == "yes", text: entry["reason"]))
    case .reopen: return .reopen(order)
    case .erase: return .erase(order)
    case .disclose:
      let words = [entry["purpose"], entry["reason"]].compactMap(\.self).joined(separator: "：")
      return .disclose(CaseCommand.Order(by: by, actor: actor, reason: words))
    }
  }
}
