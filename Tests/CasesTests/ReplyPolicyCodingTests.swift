import Cases
import Foundation
import Testing
import Time

struct ReplyPolicyCodingTests {
  @Test func `a policy in JSON is read again as it was`() throws {
    let policies = [
      ReplyPolicy.standard,
      try ReplyPolicy(version: "all-2") {
        $0.reply = .calendarDays(15)
        $0.urgent = .hours(24)
        $0.categories = ["环境保护": .hours(2), "国土资源": .months(1)]
        $0.sign = .hours(2)
        $0.reminderWorkingDaysBefore = 0
        $0.reminderTime = .seconds(14 * 3600 + 5 * 60)
        $0.supervision = nil
        $0.report = 7
        $0.escalation = 0
        $0.extensionLongest = 10
        $0.extensions = 0
        $0.pause = 20
        $0.carried = .months(6)
        $0.suggestion = .calendarDays(60)
        $0.suggestionLongest = .months(4)
        $0.followUp = .workingDays(20)
        $0.ratingDays = 0
        $0.reopens = 3
        $0.unsatisfiedReopens = false
        $0.deliveryWorkingDays = 5
        $0.reviewDays = nil
        $0.reviewShare = 1000
        $0.reviewSeed = .max
        $0.returns = 3
        $0.keySupervisions = 0
        $0.requiresActor = true
      },
    ]
    for policy in policies {
      #expect(try JSONDecoder().decode(ReplyPolicy.self, from: JSONEncoder().encode(policy)) == policy)
    }
  }

  @Test func `it writes terms and the time as people do, and what there isn't as null`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(ReplyPolicy.standard), as: UTF8.self)
    for part in [
      #""reply":"7 working days""#, #""urgent":null"#, #""sign":"1 working day""#, #""reminderTime":"09:00""#,
      #""pause":null"#, #""suggestionLongest":"6 months""#, #""version":"reply-1""#, #""requiresActor":false"#,
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `what an older policy doesn't say is as built in, what it says isn't there is not`() throws {
    #expect(try read(#"{"version":"reply-1"}"#) == .standard)
    let policy = try read(#"{"version":"old","reply":"5 working days","supervision":null,"unheard":[1]}"#)
    #expect(policy == (try ReplyPolicy(version: "old") { ($0.reply, $0.supervision) = (.workingDays(5), nil) }))
  }

  @Test(arguments: [
    "{}", #"{"version":"a b"}"#, #"{"version":"x","reply":"soon"}"#, #"{"version":"x","reply":"0 days"}"#,
    #"{"version":"x","reply":null}"#, #"{"version":"x","reply":7}"#, #"{"version":"x","reminderTime":"24:00"}"#,
    #"{"version":"x","reminderTime":"9:00"}"#, #"{"version":"x","returns":0}"#, #"{"version":"x","reviewSeed":-1}"#,
    #"{"version":"x","urgent":"8 working days"}"#, #"{"version":"x","categories":{"a":"400 days"}}"#, "[]", "7",
  ])
  func `a policy that makes no sense isn't read`(json: String) {
    #expect(throws: DecodingError.self) { try read(json) }
  }

  private func read(_ json: String) throws -> ReplyPolicy {
    try JSONDecoder().decode(ReplyPolicy.self, from: Data(json.utf8))
  }
}
