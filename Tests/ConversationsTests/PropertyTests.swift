import Cases
import SeededRandom
import Testing
import Time

/// Ten thousand deliveries of some hundreds of citizens, in whatever order, give exactly the opinions that the rules ask
/// for.
struct PropertyTests {
  private static let seeds: [UInt64] = [1, 2, 3]

  private func run(_ deliveries: [Delivery]) -> Bench {
    var bench = Bench()
    for delivery in deliveries { bench.take(delivery) }
    bench.pass(to: time("12-01T00:00"))
    return bench
  }

  private func byCitizen(_ said: [Said]) -> [[UInt8]: [Said]] { Dictionary(grouping: said, by: \.key) }

  @Test(arguments: seeds)
  func `mixed and redelivered messages are exactly the right opinions`(seed: UInt64) throws {
    print("conversations: seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    let scenario = Scenario(citizens: 300, deliveries: 10_000, jumps: 12, &chance)
    #expect(scenario.deliveries.count == 10_000)
    let references = Dictionary(grouping: scenario.deliveries, by: \.key).mapValues { Reference($0) }
    let wanted = references.mapValues(\.said).filter { !$0.value.isEmpty }

    let bench = run(scenario.deliveries)
    let found = byCitizen(bench.said)
    let differing = Set(wanted.keys).union(found.keys).filter { wanted[$0] != found[$0] }
    #expect(differing.isEmpty)
    #expect(Set(bench.said.map(\.id)).count == bench.said.count && bench.deadLetters.isEmpty)
    checkTexts(scenario, bench, dropped: references.values.reduce(into: []) { $0.formUnion($1.dropped) })
    describe(scenario, bench)

    let other = run(scenario.interleaved(&chance))
    #expect(byCitizen(other.said) == found)
    #expect(other.counts == bench.counts && other.largestState == bench.largestState)
  }

  /// Every text is in one opinion, once, but for those that were dropped, which are in none.
  private func checkTexts(_ scenario: Scenario, _ bench: Bench, dropped: Set<String>) {
    var written: Set<String> = []
    for delivery in scenario.deliveries where !dropped.contains(delivery.id) {
      if delivery.message.kind != .location, let text = delivery.message.text { written.insert(text) }
    }
    let found = bench.texts.filter { !$0.hasPrefix("（") }.flatMap { $0.split(separator: "\n").map(String.init) }
    #expect(found.count == written.count && Set(found) == written)
    let pictures = scenario.deliveries.filter { !dropped.contains($0.id) }.compactMap(\.message.attachment)
    let attached = bench.opinions.flatMap { $0.attachments ?? [] }
    #expect(attached.count == Set(pictures).count && Set(attached) == Set(pictures))
    #expect(!dropped.isEmpty)
  }

  /// That the scenario says something: all that can happen did.
  private func describe(_ scenario: Scenario, _ bench: Bench) {
    let duplicates = bench.counts["huiyin_duplicates_suppressed"] ?? 0
    let coded = bench.opinions.count { $0.code != nil }
    let joined = bench.opinions.count { $0.text.contains("\n") }
    let full = bench.opinions.count { ($0.attachments ?? []).count == 20 || $0.text.utf8.count > 70_000 }
    print(
      "conversations: \(scenario.deliveries.count) deliveries, \(duplicates) of them again, \(bench.said.count) opinions,"
        + " \(coded) under a code, \(joined) of several texts, \(full) full; largest state \(bench.largestState) bytes")
    #expect(duplicates > 2000 && coded > 300 && joined > 500 && full > 3 && bench.said.count > 1500)
    #expect(Set(scenario.deliveries.map(\.key)).count == scenario.citizens)
    #expect(bench.keys.isEmpty)
  }
}
