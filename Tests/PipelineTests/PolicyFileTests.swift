import Assembly
import Cases
import Foundation
import Testing
import Time

/// What a policy file says, and what is wrong with one.
@Suite struct `A policy file` {
  private let folder: TemporaryFolder
  private static let project = URL(filePath: #filePath).appending(path: "../../..").standardized

  init() throws {
    folder = try TemporaryFolder()
  }

  private func policy(_ text: String) throws -> ReplyPolicy {
    try policy(at: try folder.write(text, to: "policy.yaml"))
  }

  private func policy(at path: String) throws -> ReplyPolicy {
    let categories = Self.project.appending(path: "Sources/Classification/Resources/categories.yaml").path
    return try Rulebook(
      Settings(environment: [
        "HUIYIN_POLICY": path, "HUIYIN_CATEGORIES": categories, "HUIYIN_DATA": folder.path("data"),
      ])
    ).policy
  }

  private func fault(_ text: String) throws -> String {
    try #require(throws: SettingsError.self) { try policy(text) }.description
  }

  @Test func `of the sample says what its comments say`() throws {
    let policy = try policy(at: Self.project.appending(path: "deploy/sample/policy.yaml").path)
    #expect(
      policy
        == (try ReplyPolicy(version: "qingxi-2026-1") {
          $0.urgent = .workingDays(1)
          $0.categories = ["卫生计生": .hours(24), "国土资源": .workingDays(15)]
        }))
  }

  @Test func `of the sample names every key that there is, and each line is explained`() throws {
    let path = Self.project.appending(path: "deploy/sample/policy.yaml")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    let keys = lines.compactMap { line in
      line.hasPrefix("#") ? nil : line.split(separator: ":").first.map { $0.trimmingCharacters(in: .whitespaces) }
    }
    for key in [
      "version", "reply", "urgent", "categories", "sign", "reminder", "ladder", "extension", "pause", "carried",
      "suggestion", "rating", "reopens", "review", "delivery", "returns", "key-supervisions", "actor",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(try #require(lines.first { $0.hasPrefix("version") }).contains("# "))
  }

  @Test func `may set everything otherwise than built in`() throws {
    let policy = try policy(
      """
      version: all-2
      reply: 15 days
      urgent: 24 hours
      categories: {环境保护: 2 hours, 国土资源: 1 month}
      sign: 2 hours
      reminder: {before: 0, time: 14:05}
      ladder: {supervision: none, report: 7, escalation: 0}
      extension: {times: 0, longest: 10}
      pause: {longest: 20}
      carried: 6 months
      suggestion: {reply: 60 days, longest: 4 months, follow-up: 20 working days}
      rating: {days: 0, unsatisfied-reopens: false}
      reopens: 3
      review: {days: 60, share: 1000, seed: 18446744073709551615}
      delivery: {longest: 5}
      returns: 3
      key-supervisions: 0
      actor: required
      """)
    #expect(
      policy
        == (try ReplyPolicy(version: "all-2") {
          ($0.reply, $0.urgent, $0.sign) = (.calendarDays(15), .hours(24), .hours(2))
          $0.categories = ["环境保护": .hours(2), "国土资源": .months(1)]
          ($0.reminderWorkingDaysBefore, $0.reminderTime) = (0, .seconds(14 * 3600 + 5 * 60))
          ($0.supervision, $0.report, $0.escalation) = (nil, 7, 0)
          ($0.extensions, $0.extensionLongest, $0.pause) = (0, 10, 20)
          ($0.carried, $0.suggestion, $0.suggestionLongest) = (.months(6), .calendarDays(60), .months(4))
          $0.followUp = .workingDays(20)
          ($0.ratingDays, $0.unsatisfiedReopens, $0.reopens) = (0, false, 3)
          ($0.reviewDays, $0.reviewShare, $0.reviewSeed) = (60, 1000, .max)
          ($0.deliveryWorkingDays, $0.returns, $0.keySupervisions, $0.requiresActor) = (5, 3, 0, true)
        }))
  }

  @Test func `may take away what can be done without`() throws {
    let policy = try policy(
      "version: x\nurgent: none\nsign: none\npause: none\nreview: none\nladder: {report: none}\n")
    #expect(
      policy == (try ReplyPolicy(version: "x") { ($0.sign, $0.pause, $0.reviewDays, $0.report) = (nil, nil, nil, nil) })
    )
  }

  @Test func `of the first version goes on being read`() throws {
    let policy = try policy(
      """
      version: old
      replyWorkingDays: 5
      urgentWorkingDays: 2
      reminderWorkingDaysBefore: 1
      reminderTime: "08:30"
      deliveryWorkingDays: 4
      """)
    #expect(
      policy
        == (try ReplyPolicy(
          version: "old", replyWorkingDays: 5, urgentWorkingDays: 2, reminderWorkingDaysBefore: 1,
          reminderTime: .seconds(8 * 3600 + 1800), deliveryWorkingDays: 4)))
  }

  @Test(arguments: ["1 working day", "2 working days", "1 day", "2 hours"])
  func `with a short reply needn't speak of the reminder`(reply: String) throws {
    let policy = try policy("version: short\nreply: \(reply)\n")
    #expect(policy.reply.description == reply)
    #expect(try fault("version: short\nreply: 2 working days\nreminder: {before: 2}\n").contains("reminder.before"))
  }

  @Test(arguments: [
    ("reply: 7 working days\nreplyWorkingDays: 7", 3, "replyWorkingDays and reply stand for the same"),
    ("urgentWorkingDays: 1\nurgent: 24 hours", 2, "urgentWorkingDays and urgent stand for the same"),
    ("reminder: {before: 1}\nreminderWorkingDaysBefore: 1", 3, "reminderWorkingDaysBefore and reminder.before"),
    ("reminder: {time: 09:00}\nreminderTime: 09:00", 3, "reminderTime and reminder.time stand for the same"),
    ("delivery: {longest: 3}\ndeliveryWorkingDays: 3", 3, "deliveryWorkingDays and delivery.longest"),
    ("reply: seven days", 2, "reply must be a term such as 7 working days, 30 days, 24 hours or 3 months, is seven"),
    ("reply: none", 2, "reply must be a term"), ("reply: [7]", 2, "reply is not text"),
    ("reply: 300 working days", 2, "reply: must be 1 to 250 working days, is 300"),
    ("urgent: 8 working days", 2, "urgent: must be no longer than reply, 7 working days, is 8 working days"),
    ("urgent: soon", 2, "urgent must be a term such as 7 working days, 30 days, 24 hours or 3 months, or none"),
    ("urgentWorkingDays: 0", 2, "urgentWorkingDays: must be 1 to 250 working days, is 0"),
    ("categories: [a]", 2, "categories is not a mapping"),
    ("categories:\n  供水: 24 hours", 3, "categories: there is no first-level category 供水"),
    ("categories:\n  民政: 2 hours\n  环境保护: now", 4, "categories.环境保护 must be a term"),
    ("categories:\n  民政: 2 hours\n  环境保护: 0 hours", 4, "categories.环境保护: must be 1 to 8784 hours, is 0"),
    ("ladder: 3", 2, "ladder is not a mapping"), ("ladder: {urging: 0}", 2, "ladder has the unknown key urging"),
    ("ladder:\n  supervision: 3 days", 3, "ladder.supervision must be a whole number, or none, is 3 days"),
    ("ladder:\n  supervision: 3\n  report: 251", 4, "ladder.report: must be 0 to 250, is 251"),
    ("extension:\n  times: often", 3, "extension.times must be a whole number, is often"),
    ("pause: true", 2, "pause is not a mapping"), ("pause: {longest: 0}", 2, "pause.longest: must be 1 to 250, is 0"),
    ("rating:\n  unsatisfied-reopens: yes", 3, "rating.unsatisfied-reopens must be false or true, is yes"),
    ("review: {share: 1001}", 2, "review.share: must be 0 to 1000, is 1001"),
    ("review: {seed: -1}", 2, "review.seed must be a whole number, 0 or more, is -1"),
    (
      "suggestion:\n  reply: 3 months\n  longest: 2 months", 4, "suggestion.longest: must be no shorter than suggestion"
    ),
    ("reminder: {time: 24:00}", 2, "reminder.time must be HH:MM, is 24:00"),
    ("returns: 0", 2, "returns: must be 1 to 20, is 0"), ("actor: maybe", 2, "actor must be optional or required"),
    ("speed: 9", 2, "the policy has the unknown key speed"), ("reopens:", 2, "reopens is not text"),
  ])
  func `that is wrong is told its line and reason`(text: String, line: Int, reason: String) throws {
    let fault = try fault("version: x\n\(text)\n")
    #expect(fault.contains("policy.yaml:\(line): \(reason)"), "\(fault)")
    #expect(fault.hasPrefix("HUIYIN_POLICY: "))
    #expect(fault.split(separator: "\n").count == 1, "\(fault)")
  }

  @Test func `is told all that is wrong with it at once`() throws {
    let form = try fault("reply: soon\nladder:\n  report: late\nspeed: 9\n")
    #expect(form.split(separator: "\n").count == 4, "\(form)")
    let values = try fault("version: a b\nreply: 0 days\nreopens: -1\nrating: {days: 400}\n")
    for line in 1...4 { #expect(values.contains("policy.yaml:\(line): "), "\(line)") }
    #expect(values.split(separator: "\n").count == 4, "\(values)")
  }
}
