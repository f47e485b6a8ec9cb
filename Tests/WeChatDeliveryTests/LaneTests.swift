import SeededRandom
import Testing
import Time

@testable import WeChatDelivery

@Suite struct LaneTests {
  @Test func `in no second more leave than may, and nothing waits for longer than it must`() {
    var random = SeededGenerator.announced(for: "LaneTests")
    for _ in 0..<200 {
      let perSecond = Int.random(in: 1...20, using: &random)
      var lane = Lane(perSecond: perSecond)
      var now = Given.noon
      var departures: [Instant] = []
      for _ in 0..<200 {
        now = now + .milliseconds(Int.random(in: 0...120, using: &random))
        let recent = departures.filter { now - $0 < .seconds(1) }.count
        #expect(lane.isOpen(at: now) == (recent < perSecond))
        guard lane.isOpen(at: now) else { continue }
        lane.depart(at: now)
        departures.append(now)
        lane.arrive(gotThrough: true, at: now)
      }
    }
  }

  @Test func `eight are under way at once`() {
    var lane = Lane(perSecond: 100)
    for number in 0..<8 {
      #expect(lane.isOpen(at: Given.noon), "\(number)")
      lane.depart(at: Given.noon)
    }
    #expect(!lane.isOpen(at: Given.noon))
    lane.arrive(gotThrough: true, at: Given.noon)
    #expect(lane.isOpen(at: Given.noon))
  }

  @Test func `trouble closes it for longer and longer, and one that gets through opens it`() {
    var lane = Lane(perSecond: 100)
    var now = Given.noon
    for seconds in [1, 2, 4, 8] {
      // All that were under way met the same trouble.
      for _ in 0..<3 { lane.depart(at: now) }
      for _ in 0..<3 { lane.arrive(gotThrough: false, at: now) }
      #expect(!lane.isOpen(at: now + .seconds(seconds) - .milliseconds(1)))
      #expect(lane.isOpen(at: now + .seconds(seconds)))
      now = now + .seconds(seconds)
    }
    lane.depart(at: now)
    lane.arrive(gotThrough: true, at: now)
    lane.depart(at: now)
    lane.arrive(gotThrough: false, at: now)
    #expect(lane.isOpen(at: now + .seconds(1)))
  }

  @Test func `a clock that was set back stops nobody`() {
    var lane = Lane(perSecond: 1)
    lane.depart(at: Given.noon)
    lane.arrive(gotThrough: true, at: Given.noon)
    #expect(lane.isOpen(at: Given.noon - .seconds(100)))
  }
}
