import EventLog
import Testing

@testable import SQLiteLog

@Suite struct AssignorTests {
  @Test func `any sequence of joins and leaves leaves every number with one owner, balanced and where it was`() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix64(state: seed)
    for _ in 0..<300 {
      let count = Int.random(in: 1...24, using: &random)
      let partitions = ["a": count, "b": count]
      var present: Set<String> = []
      var owners: [TopicPartition: String] = [:]
      for _ in 0..<12 {
        let before = present
        let member = "m\(Int.random(in: 0..<8, using: &random))"
        if present.remove(member) == nil { present.insert(member) }
        let members = present.map { Assignor.Member(id: $0, topics: ["a", "b"]) }
        let dealt = Assignor.deal(partitions, to: members, owners: owners)
        check(dealt, count: count, members: present, seed: seed)
        #expect(dealt == Assignor.deal(partitions, to: members.reversed(), owners: owners), "seed \(seed)")
        if !present.isEmpty, !before.isEmpty {
          let kept = (0..<count).count { dealt[TopicPartition("a", $0)] == owners[TopicPartition("a", $0)] }
          #expect(kept == mostThatCanStay(owners, count: count, members: present), "seed \(seed)")
        }
        owners = dealt
      }
    }
  }

  private func check(_ dealt: [TopicPartition: String], count: Int, members: Set<String>, seed: UInt64) {
    if members.isEmpty {
      #expect(dealt.isEmpty, "seed \(seed)")
      return
    }
    #expect(dealt.count == 2 * count, "seed \(seed)")
    var loads = Dictionary(uniqueKeysWithValues: members.map { ($0, 0) })
    for number in 0..<count {
      let owner = dealt[TopicPartition("a", number)] ?? "nobody"
      #expect(dealt[TopicPartition("b", number)] == owner, "seed \(seed)")
      loads[owner, default: 1000] += 1
    }
    #expect((loads.values.max() ?? 0) - (loads.values.min() ?? 0) <= 1, "seed \(seed)")
  }

  /// The odd numbers stay best with those who have most.
  private func mostThatCanStay(_ owners: [TopicPartition: String], count: Int, members: Set<String>) -> Int {
    let loads = members.map { member in (0..<count).count { owners[TopicPartition("a", $0)] == member } }
    let odd = count % members.count
    return loads.sorted(by: >).enumerated().reduce(0) { sum, load in
      sum + min(load.element, count / members.count + (load.offset < odd ? 1 : 0))
    }
  }

  @Test func `a topic goes only to members that read it`() {
    let members = [Assignor.Member(id: "new", topics: ["a", "b"]), Assignor.Member(id: "old", topics: ["a"])]
    let dealt = Assignor.deal(["a": 4, "b": 4], to: members, owners: [:])
    #expect((0..<4).allSatisfy { dealt[TopicPartition("b", $0)] == "new" })
    #expect(Set((0..<4).map { dealt[TopicPartition("a", $0)] }) == ["new", "old"])
  }

  @Test func `topics of different lengths are dealt by number`() {
    let members = ["x", "y"].map { Assignor.Member(id: $0, topics: ["a", "b"]) }
    let dealt = Assignor.deal(["a": 4, "b": 2], to: members, owners: [:])
    #expect(dealt.count == 6)
    #expect((0..<2).allSatisfy { dealt[TopicPartition("a", $0)] == dealt[TopicPartition("b", $0)] })
  }
}

/// A small generator whose whole run follows from its seed.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
