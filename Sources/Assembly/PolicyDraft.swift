import Cases
import Time
import YAMLForms
import Yams

/// A policy while its file is read.
struct PolicyDraft {
  private var form: YAMLReading
  private let categories: [String]
  private var policy = ReplyPolicy.standard
  /// For each property that the file sets, the key as it is written there, and the value.
  private var places: [String: (key: String, node: Node)] = [:]

  init(file: String, categories: [String]) {
    form = YAMLReading(file: file)
    self.categories = categories
  }

  private static let keys: Set<String> = [
    "version", "reply", "replyWorkingDays", "urgent", "urgentWorkingDays", "categories", "sign", "reminder",
    "reminderWorkingDaysBefore", "reminderTime", "ladder", "extension", "pause", "carried", "suggestion", "rating",
    "reopens", "review", "delivery", "deliveryWorkingDays", "returns", "key-supervisions", "actor",
  ]

  mutating func read(_ root: Node) {
    let top = form.mapping(root, "the policy", keys: Self.keys, required: ["version"])
    set(\.version, "version", top["version"], "version", "is not text") { $0 }
    readAnswering(top)
    readAfterwards(top)
  }

  private mutating func readAnswering(_ top: [String: Node]) {
    term(\.reply, "reply", top["reply"], "reply")
    replaced("replyWorkingDays", by: top["reply"], "reply", top)
    set(\.reply, "reply", top["replyWorkingDays"], "replyWorkingDays", "must be a whole number") {
      Int($0).map(Term.workingDays)
    }
    term(\.urgent, "urgent", top["urgent"], "urgent")
    replaced("urgentWorkingDays", by: top["urgent"], "urgent", top)
    set(\.urgent, "urgent", top["urgentWorkingDays"], "urgentWorkingDays", "must be a whole number") {
      Int($0).map { .some(.workingDays($0)) }
    }
    readCategories(top["categories"])
    term(\.sign, "sign", top["sign"], "sign")
    let reminder = group("reminder", top, ["before", "time"])
    replaced("reminderWorkingDaysBefore", by: reminder["before"], "reminder.before", top)
    replaced("reminderTime", by: reminder["time"], "reminder.time", top)
    count(\.reminderWorkingDaysBefore, "reminderWorkingDaysBefore", reminder["before"], "reminder.before")
    count(
      \.reminderWorkingDaysBefore, "reminderWorkingDaysBefore", top["reminderWorkingDaysBefore"],
      "reminderWorkingDaysBefore")
    for (node, key) in [(reminder["time"], "reminder.time"), (top["reminderTime"], "reminderTime")] {
      set(\.reminderTime, "reminderTime", node, key, "must be HH:MM", ReplyPolicy.time)
    }
    let longer = group("suggestion", top, ["reply", "longest", "follow-up"])
    term(\.suggestion, "suggestion", longer["reply"], "suggestion.reply")
    term(\.suggestionLongest, "suggestionLongest", longer["longest"], "suggestion.longest")
    term(\.followUp, "followUp", longer["follow-up"], "suggestion.follow-up")
    term(\.carried, "carried", top["carried"], "carried")
  }

  private mutating func readAfterwards(_ top: [String: Node]) {
    let ladder = group("ladder", top, ["supervision", "report", "escalation"])
    count(\.supervision, "supervision", ladder["supervision"], "ladder.supervision")
    count(\.report, "report", ladder["report"], "ladder.report")
    count(\.escalation, "escalation", ladder["escalation"], "ladder.escalation")
    let extensions = group("extension", top, ["times", "longest"])
    count(\.extensions, "extensions", extensions["times"], "extension.times")
    count(\.extensionLongest, "extensionLongest", extensions["longest"], "extension.longest")
    if !takenAway("pause", top, { $0.pause = nil }) {
      count(\.pause, "pause", group("pause", top, ["longest"])["longest"], "pause.longest")
    }
    let rating = group("rating", top, ["days", "unsatisfied-reopens"])
    count(\.ratingDays, "ratingDays", rating["days"], "rating.days")
    flag(
      \.unsatisfiedReopens, "unsatisfiedReopens", rating["unsatisfied-reopens"], "rating.unsatisfied-reopens",
      ["true": true, "false": false])
    count(\.reopens, "reopens", top["reopens"], "reopens")
    if !takenAway("review", top, { $0.reviewDays = nil }) {
      let review = group("review", top, ["days", "share", "seed"])
      count(\.reviewDays, "reviewDays", review["days"], "review.days")
      count(\.reviewShare, "reviewShare", review["share"], "review.share")
      set(\.reviewSeed, "reviewSeed", review["seed"], "review.seed", "must be a whole number, 0 or more") { UInt64($0) }
    }
    let delivery = group("delivery", top, ["longest"])
    replaced("deliveryWorkingDays", by: delivery["longest"], "delivery.longest", top)
    count(\.deliveryWorkingDays, "deliveryWorkingDays", delivery["longest"], "delivery.longest")
    count(\.deliveryWorkingDays, "deliveryWorkingDays", top["deliveryWorkingDays"], "deliveryWorkingDays")
    count(\.returns, "returns", top["returns"], "returns")
    count(\.keySupervisions, "keySupervisions", top["key-supervisions"], "key-supervisions")
    flag(\.requiresActor, "requiresActor", top["actor"], "actor", ["optional": false, "required": true])
  }

  /// - Throws: ``InvalidFile`` with the faults of form, else with those of value.
  mutating func finished() throws(InvalidFile) -> ReplyPolicy {
    try form.check()
    // A short reply is reminded of on its second day at the earliest anyway.
    if places["reminderWorkingDaysBefore"] == nil, case .workingDays(let days) = policy.reply {
      policy.reminderWorkingDaysBefore = max(0, min(policy.reminderWorkingDaysBefore, days - 1))
    }
    for fault in policy.faults {
      let place = places[fault.field]
      form.fault(place?.node, "\(place?.key ?? fault.field): \(fault.reason)")
    }
    try form.check()
    return policy
  }
}

// MARK: Values

extension PolicyDraft {
  private typealias Path<Value> = WritableKeyPath<ReplyPolicy, Value>

  /// Reads one value, if it is there.
  /// - Parameters:
  ///   - property: what ``ReplyPolicy/InvalidField`` calls it.
  ///   - key: what faults are to call it: as it stands in the file.
  ///   - rule: what it must be, as the end of a sentence.
  private mutating func set<Value>(
    _ path: Path<Value>, _ property: String, _ node: Node?, _ key: String, _ rule: String,
    _ read: (String) -> Value?
  ) {
    guard let node, let text = form.text(node, key) else { return }
    places[property] = (key, node)
    guard let value = read(text) else { return form.fault(node, "\(key) \(rule), is \(text)") }
    policy[keyPath: path] = value
  }

  private mutating func term(_ path: Path<Term>, _ property: String, _ node: Node?, _ key: String) {
    set(path, property, node, key, Term.form) { Term($0) }
  }

  private mutating func term(_ path: Path<Term?>, _ property: String, _ node: Node?, _ key: String) {
    set(path, property, node, key, Term.form + ", or none") {
      $0 == "none" ? .some(nil) : Term($0).map(Optional.some)
    }
  }

  private mutating func count(_ path: Path<Int>, _ property: String, _ node: Node?, _ key: String) {
    set(path, property, node, key, "must be a whole number") { Int($0) }
  }

  private mutating func count(_ path: Path<Int?>, _ property: String, _ node: Node?, _ key: String) {
    set(path, property, node, key, "must be a whole number, or none") {
      $0 == "none" ? .some(nil) : Int($0).map(Optional.some)
    }
  }

  private mutating func flag(
    _ path: Path<Bool>, _ property: String, _ node: Node?, _ key: String, _ words: [String: Bool]
  ) {
    set(path, property, node, key, "must be \(words.keys.sorted().joined(separator: " or "))") { words[$0] }
  }

  private mutating func replaced(_ old: String, by node: Node?, _ key: String, _ top: [String: Node]) {
    if let before = top[old], node != nil {
      form.fault(before, "\(old) and \(key) stand for the same: only one of them may be set")
    }
  }

  private mutating func group(_ key: String, _ top: [String: Node], _ keys: Set<String>) -> [String: Node] {
    top[key].map { form.mapping($0, key, keys: keys) } ?? [:]
  }

  private mutating func takenAway(
    _ key: String, _ top: [String: Node], _ change: (inout ReplyPolicy) -> Void
  ) -> Bool {
    guard top[key]?.scalar?.string == "none" else { return false }
    change(&policy)
    return true
  }

  private mutating func readCategories(_ node: Node?) {
    guard let node else { return }
    guard let mapping = node.mapping else { return form.fault(node, "categories is not a mapping of names to terms") }
    for (key, value) in mapping {
      guard let name = form.text(key, "a category's name") else { continue }
      if !categories.contains(name) {
        form.fault(key, "categories: there is no first-level category \(name)")
      }
      set(\.categories[name], "categories.\(name)", value, "categories.\(name)", Term.form) {
        Term($0).map(Optional.some)
      }
    }
  }
}
