import Cases
import Testing
import Time

/// Each field's range, and that all faults are found at once.
struct PolicyFaultTests {
  @Test(arguments: [
    ("reply", "must be 1 to 250 working days, is 251"),
    ("urgent", "must be no longer than reply, 251 working days, is 12 months"),
    ("categories.水", "must be 1 to 366 days, is 367"), ("sign", "must be 1 to 8784 hours, is 0"),
    ("reminderWorkingDaysBefore", "must be 0 to 250, less than reply, is -1"),
    ("reminderTime", "must be 00:00 or later and before 24:00, in whole minutes"),
    ("supervision", "must be 0 to 250, is -1"), ("report", "must be 0 to 250, is 251"),
    ("escalation", "must be 0 to 250, is 251"), ("extensionLongest", "must be 1 to 250, is 0"),
    ("extensions", "must be 0 to 20, is 21"), ("pause", "must be 1 to 250, is 0"),
    ("carried", "must be 1 to 12 months, is 13"), ("suggestion", "must be 1 to 12 months, is 0"),
    ("suggestionLongest", "must be no shorter than suggestion, 0 months, is -1 days"),
    ("followUp", "must be 1 to 12 months, is 0"), ("ratingDays", "must be 0 to 366, is 367"),
    ("reopens", "must be 0 to 20, is -1"), ("deliveryWorkingDays", "must be 1 to 250, is 0"),
    ("reviewDays", "must be 1 to 366, is 0"), ("reviewShare", "must be 0 to 1000, is 1001"),
    ("returns", "must be 1 to 20, is 0"), ("keySupervisions", "must be 0 to 10000, is -1"),
  ])
  func `each value that makes no sense is named, all at once`(field: String, reason: String) {
    var policy = ReplyPolicy.standard
    policy.reply = .workingDays(251)
    policy.urgent = .months(12)
    policy.categories = ["水": .calendarDays(367), "电": .hours(1)]
    policy.sign = .hours(0)
    policy.reminderWorkingDaysBefore = -1
    policy.reminderTime = .seconds(30)
    (policy.supervision, policy.report, policy.escalation) = (-1, 251, 251)
    (policy.extensionLongest, policy.extensions, policy.pause) = (0, 21, 0)
    (policy.carried, policy.suggestion, policy.suggestionLongest) = (.months(13), .months(0), .calendarDays(-1))
    policy.followUp = .months(0)
    (policy.ratingDays, policy.reopens, policy.deliveryWorkingDays) = (367, -1, 0)
    (policy.reviewDays, policy.reviewShare) = (0, 1001)
    (policy.returns, policy.keySupervisions) = (0, -1)
    #expect(policy.faults.contains(ReplyPolicy.InvalidField(field: field, reason: reason)), "\(policy.faults)")
    #expect(Set(policy.faults.map(\.field)).count == 23)
    let error = #expect(throws: ReplyPolicy.InvalidField.self) { try policy.check() }
    #expect(error == policy.faults.first)
  }

  @Test func `the standard and the ends of each range make sense`() throws {
    #expect(ReplyPolicy.standard.faults.isEmpty)
    _ = try ReplyPolicy(version: "least") {
      ($0.reply, $0.urgent, $0.sign, $0.pause) = (.hours(1), .hours(1), nil, nil)
      ($0.supervision, $0.report, $0.escalation, $0.reviewDays) = (0, nil, nil, nil)
      ($0.extensions, $0.extensionLongest, $0.ratingDays, $0.reopens, $0.reviewShare) = (0, 1, 0, 0, 0)
      ($0.returns, $0.keySupervisions, $0.reminderTime, $0.reminderWorkingDaysBefore) = (1, 0, .zero, 0)
    }
    _ = try ReplyPolicy(version: "most") {
      ($0.reply, $0.urgent, $0.sign, $0.pause) = (.workingDays(250), .workingDays(250), .calendarDays(366), 250)
      ($0.suggestion, $0.suggestionLongest, $0.reminderTime) = (.months(12), .months(12), .seconds(86_340))
    }
  }

  @Test(arguments: ["", "两\n行", String(repeating: "长", count: 101)])
  func `a category has a name`(name: String) {
    let error = #expect(throws: ReplyPolicy.InvalidField.self) {
      try ReplyPolicy(version: "c") { $0.categories = [name: .hours(2)] }
    }
    #expect(error?.field == "categories.\(name)")
  }
}
