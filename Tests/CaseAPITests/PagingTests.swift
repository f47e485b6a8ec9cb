import CaseStories
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import SeededRandom
import Testing
import Time

struct PagingTests {
  private static func stories(_ count: Int) throws -> [Story] {
    try (0..<count).map { number in
      try Story.mine("case-\(number)", received: "2026-10-08T10:\(10 + number / 60 % 50):\(10 + number % 50)+08:00")
    }
  }

  /// The next target, from the header that names it.
  private static func target(_ answer: Office.Answer) throws -> String? {
    guard let link = answer.header("Link") else { return nil }
    #expect(link.hasSuffix(">; rel=\"next\""))
    let path = link.dropFirst().prefix { $0 != ">" }
    #expect(path.hasPrefix("/api/v1/"))
    return String(path.dropFirst("/api/v1/".count))
  }

  @Test(arguments: ["received", "owner", "category", "due", "step"], [1, 7, 50, 500])
  func `going from part to part visits every case once`(order: String, limit: Int) async throws {
    let stories = try Self.stories(120)
    let office = try Office(stories)
    var target: String? = "cases?order=\(order)&limit=\(limit)"
    var seen: [String] = []
    while let next = target {
      let answer = try await office.get(next, as: "owner")
      let json = try answer.json
      let ids = (json["cases"] as? [[String: Any]] ?? []).compactMap { $0["case"] as? String }
      #expect(ids.count <= limit)
      #expect(json["total"] as? Int == 120)
      #expect((json["next"] != nil) == (answer.header("Link") != nil))
      seen += ids
      target = try Self.target(answer)
    }
    #expect(seen.count == 120)
    #expect(Set(seen) == Set(stories.map(\.id.text)))
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `cases that change on the way are still visited once`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let stories = try Self.stories(90)
    let office = try Office(stories)
    var answered: Set<String> = []
    var target: String? = "cases?standing=any&order=received&limit=10"
    var seen: [String] = []
    while let next = target {
      let answer = try await office.get(next)
      seen += (try answer.json["cases"] as? [[String: Any]] ?? []).compactMap { $0["case"] as? String }
      target = try Self.target(answer)
      // Some are answered, and new ones come in front.
      for _ in 0..<5 {
        let story = try #require(stories.randomElement(using: &random))
        guard answered.insert(story.id.text).inserted else { continue }
        var later = story
        try later.reply(at: "2026-10-14T09:00:00+08:00")
        try office.apply(Array(later.records.suffix(1)))
      }
      let new = try Story.mine("new-\(seen.count)", received: "2026-10-14T10:00:00+08:00")
      try office.apply(new.records)
    }
    #expect(seen.count == Set(seen).count, "seed \(seed)")
    #expect(Set(stories.map(\.id.text)).isSubset(of: Set(seen)), "seed \(seed)")
    #expect(answered.count > 10)
  }

  @Test(arguments: [1, 2, 500])
  func `a case's events come in their order, each once`(limit: Int) async throws {
    var story = try Story.mine()
    for day in 1...5 { try story.reply(at: "2026-10-1\(day)T09:00:00+08:00") }
    let office = try Office([story])
    var target: String? = "cases/mine/events?limit=\(limit)"
    var seen: [Int] = []
    while let next = target {
      let answer = try await office.get(next, as: "owner")
      seen += (try answer.json["events"] as? [[String: Any]] ?? []).compactMap { $0["sequence"] as? Int }
      target = try Self.target(answer)
    }
    #expect(seen == Array(1...8))
  }

  @Test func `a part that is asked for again with its tag isn't sent again`() async throws {
    let office = try Office([.mine()])
    let first = try await office.get("cases")
    let tag = try #require(first.header("ETag"))
    #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.utf8.count == 44)
    #expect(first.header("Cache-Control") == "private, no-cache")
    for header in [tag, "W/" + tag, "\"a\", " + tag, "*"] {
      let again = try await office.get("cases", headers: ["If-None-Match": header])
      #expect(again.status == 304)
      #expect(again.response.body.isEmpty)
      #expect(again.header("ETag") == tag)
      #expect(again.header("Vary") == first.header("Vary"))
    }
    #expect(try await office.get("cases", headers: ["If-None-Match": "\"a\""]).status == 200)
    // Time alone changes nothing; an event does.
    office.pass(.seconds(60))
    #expect(try await office.get("cases", headers: ["If-None-Match": tag]).status == 304)
    try office.apply(Story.mine("new").records)
    #expect(try await office.get("cases", headers: ["If-None-Match": tag]).status == 200)
    #expect(try await office.get("cases", as: "stranger", headers: ["If-None-Match": tag]).status == 200)
  }
}
