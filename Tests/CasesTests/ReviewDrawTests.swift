import Cases
import Testing

/// Which closed cases are looked at again.
struct ReviewDrawTests {
  private static let ids = (0..<10_000).compactMap { CaseID("case-\($0)") }

  private static func drawn(
    _ count: Int = 10_000, share: Int = 100, seed: UInt64 = 1, days: Int? = 30
  ) throws -> [Int] {
    let policy = try ReplyPolicy(version: "r") { ($0.reviewShare, $0.reviewSeed, $0.reviewDays) = (share, seed, days) }
    return ids.prefix(count).indices.filter { policy.isReviewed(ids[$0]) }
  }

  @Test func `the draw is the same on every machine`() throws {
    // By another program: the first 8 bytes of SHA-256 of seed, line feed and id, as a big-endian number, modulo 1000.
    #expect(
      try Self.drawn(200)
        == [4, 20, 47, 50, 53, 73, 80, 85, 86, 95, 101, 108, 112, 157, 159, 164, 173, 196])
    #expect(
      try Self.drawn(200, seed: 2) == [11, 34, 46, 61, 88, 102, 114, 142, 147, 160, 163, 180, 188, 195, 198])
    #expect(try Self.drawn().count == 999)
  }

  @Test func `a larger share draws the same and more`() throws {
    var before: Set<Int> = []
    for share in [0, 1, 50, 100, 500, 999, 1000] {
      let drawn = Set(try Self.drawn(share: share))
      #expect(drawn.isSuperset(of: before))
      #expect(abs(drawn.count - share * 10) < 150, "\(share): \(drawn.count)")
      before = drawn
    }
    #expect(before.count == 10_000)
  }

  @Test func `without a time for it, none is drawn`() throws {
    #expect(try Self.drawn(share: 1000, days: nil).isEmpty)
  }
}
