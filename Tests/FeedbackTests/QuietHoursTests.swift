import Testing
import Time

@testable import Feedback

struct QuietHoursTests {
  private func end(_ time: String, from: Int, until: Int) -> String? {
    let quiet = QuietHours(from: .seconds(from * 3600), until: .seconds(until * 3600), channels: [.sms])
    return GivenTime("2026-06-01T\(time)+08:00").flatMap { quiet.end(at: $0.instant) }.map { GivenTime($0).text }
  }

  @Test func `a night ends on the next morning, or on this one`() {
    #expect(end("20:59:59", from: 21, until: 8) == nil)
    #expect(end("21:00:00", from: 21, until: 8) == "2026-06-02T08:00:00+08:00")
    #expect(end("23:59:59.999", from: 21, until: 8) == "2026-06-02T08:00:00+08:00")
    #expect(end("00:00:00", from: 21, until: 8) == "2026-06-01T08:00:00+08:00")
    #expect(end("07:59:59", from: 21, until: 8) == "2026-06-01T08:00:00+08:00")
    #expect(end("08:00:00", from: 21, until: 8) == nil)
  }

  @Test func `the quiet may lie within one day`() {
    #expect(end("11:59:59", from: 12, until: 14) == nil)
    #expect(end("12:00:00", from: 12, until: 14) == "2026-06-01T14:00:00+08:00")
    #expect(end("14:00:00", from: 12, until: 14) == nil)
  }

  @Test func `equal hours are no quiet at all, and a channel that isn't named has none`() throws {
    for hour in 0..<24 { #expect(end("\(hour < 10 ? "0" : "")\(hour):00:00", from: 21, until: 21) == nil) }
    let quiet = QuietHours(from: .zero, until: .seconds(86_399), channels: [.sms])
    let noon = try #require(GivenTime("2026-06-01T12:00:00+08:00")).instant
    #expect(quiet.end(at: noon, for: .sms) != nil && quiet.end(at: noon, for: .letter) == nil)
  }
}
