import FoundationEssentials
import Testing
import Time

struct InstantTests {
  @Test func `distances are added, subtracted and measured in milliseconds`() {
    let instant = Instant(milliseconds: 1000)
    #expect(instant + .seconds(2) == Instant(milliseconds: 3000))
    #expect(instant - .milliseconds(1500) == Instant(milliseconds: -500))
    #expect(instant + .microseconds(1999) == Instant(milliseconds: 1001))
    #expect(instant - Instant(milliseconds: 4000) == .seconds(-3))
    #expect(Instant(milliseconds: -1) < instant)
  }

  @Test func `a sum outside the range is its nearest end`() {
    #expect(Instant.distantFuture + .milliseconds(1) == .distantFuture)
    #expect(Instant.distantPast - .milliseconds(1) == .distantPast)
    #expect(Instant(milliseconds: 0) - .milliseconds(Int64.min) == .distantFuture)
    #expect(Instant(milliseconds: -5) - .milliseconds(Int64.min) == Instant(milliseconds: Int64.max - 4))
    #expect(Instant.distantPast + .milliseconds(Int64.min) == .distantPast)
    #expect(Instant.distantFuture - .distantPast == .milliseconds(Int64.max))
    #expect(Instant.distantPast - .distantFuture == .milliseconds(Int64.min))
  }

  @Test func `a duration is cut to milliseconds, and one too long is cut to the longest`() {
    #expect(Duration.nanoseconds(1_999_999).milliseconds == 1)
    #expect(Duration.nanoseconds(-1_999_999).milliseconds == -1)
    #expect(Duration.milliseconds(Int64.max).milliseconds == .max)
    #expect(Duration.milliseconds(Int64.min).milliseconds == .min)
    #expect((Duration.milliseconds(Int64.max) + .milliseconds(1)).milliseconds == .max)
    #expect((Duration.milliseconds(Int64.min) - .milliseconds(1)).milliseconds == .min)
    #expect(Duration.seconds(Int64.max).milliseconds == .max)
    #expect(Duration.seconds(Int64.min).milliseconds == .min)
    #expect(Duration.milliseconds(1500).inSeconds == 1.5)
  }

  @Test func `a moment is coded as its number`() throws {
    let json = try JSONEncoder().encode([Instant(milliseconds: -7)])
    #expect(String(decoding: json, as: UTF8.self) == "[-7]")
    #expect(try JSONDecoder().decode([Instant].self, from: json) == [Instant(milliseconds: -7)])
  }
}
