import FoundationEssentials
import Testing
import Time

struct GivenTimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("2026-09-24T10:00:00+08:00", 1_790_215_200_000),
    ("2026-09-24T02:00:00Z", 1_790_215_200_000),
    ("2026-09-23t21:30:00-04:30", 1_790_215_200_000),
    ("2026-09-24 02:00:00z", 1_790_215_200_000),
    ("2026-09-24T02:00:00-00:00", 1_790_215_200_000),
    ("2026-09-24T02:00:00.5Z", 1_790_215_200_500),
    ("2026-09-24T02:00:00.0009Z", 1_790_215_200_000),
    ("2026-09-24T02:00:00.123999999Z", 1_790_215_200_123),
    ("1969-12-31T23:59:59.999Z", -1),
    ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ("2017-01-01T07:59:60.25+08:00", 1_483_228_800_250),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000),
    ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
  ])
  func `a time of RFC 3339 is read, and kept as written`(text: String, milliseconds: Int64) throws {
    let time = try #require(GivenTime(text))
    #expect(time.instant.milliseconds == milliseconds)
    #expect(time.text == text)
  }

  @Test(arguments: [
    "", "2026-09-24", "2026-09-24T10:00:00", "2026-09-24T10:00Z", "2026-09-24T24:00:00Z", "2026-09-24T10:60:00Z",
    "2026-09-24T10:00:61Z", "2026-09-24T10:30:60Z", "2026-09-24T23:59:60+08:00", "2026-02-29T00:00:00Z",
    "2026-09-24T10:00:00.Z", "2026-09-24T10:00:00,5Z", "2026-09-24T10:00:00+8:00", "2026-09-24T10:00:00+0800",
    "2026-09-24T10:00:00+24:00", "2026-09-24T10:00:00+08:60", "2026-09-24T10:00:00+08", "2026-09-24X10:00:00Z",
    "2026-09-24T10:00:00ZZ", "2026-09-24T10:00:00Z ", " 2026-09-24T10:00:00Z", "2026-09-24T10-00-00Z",
    "2026-09-24T1０:00:00Z", "26-09-24T10:00:00.00Z", "0000-01-01T00:00:00Z", "2026-09-24T+1:00:00Z",
    "2026-09-24T10:00:00.00000000000000000000000Z", "2026年09月24日",
  ])
  func `what is no time of RFC 3339 is not read as one`(text: String) {
    #expect(GivenTime(text) == nil)
  }

  @Test(arguments: [
    (Int64(1_790_215_200_000), 0, "2026-09-24T02:00:00Z"), (1_790_215_200_007, 480, "2026-09-24T10:00:00.007+08:00"),
    (-1, 0, "1969-12-31T23:59:59.999Z"), (-1, -570, "1969-12-31T14:29:59.999-09:30"),
    (1_790_265_600_000, 480, "2026-09-25T00:00:00+08:00"), (1_790_265_599_999, 480, "2026-09-24T23:59:59.999+08:00"),
    (.max, 0, "9999-12-31T23:59:59.999Z"), (.max, 480, "9999-12-31T23:59:59.999+08:00"),
    (.min, 0, "0001-01-01T00:00:00Z"), (.min, -480, "0001-01-01T00:00:00-08:00"),
  ])
  func `a moment is written in an offset, with milliseconds only where there are any`(
    milliseconds: Int64, offset: Int, text: String
  ) {
    #expect(Instant(milliseconds: milliseconds).rfc3339(offset: TimeOffset(minutes: offset)) == text)
  }

  @Test func `what is written is read back as the same moment, in any offset`() {
    for step in Int64(-2000)...2000 {
      let instant = Instant(milliseconds: step * 30_000_000_123)
      for offset in [-1439, -570, 0, 1, 345, 480, 1439] {
        let time = GivenTime(instant, offset: TimeOffset(minutes: offset))
        #expect(time.instant == instant)
        #expect(GivenTime(time.text) == time)
      }
    }
  }

  @Test func `times are equal only when written alike`() {
    let shanghai = GivenTime("2026-09-24T10:00:00+08:00")
    let utc = GivenTime("2026-09-24T02:00:00Z")
    #expect(shanghai != utc)
    #expect(shanghai?.instant == utc?.instant)
  }

  @Test func `a given time is coded as its text`() throws {
    let json = Data(#"["2026-09-24T10:00:00.50+08:00"]"#.utf8)
    let times = try JSONDecoder().decode([GivenTime].self, from: json)
    #expect(try JSONEncoder().encode(times) == json)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([GivenTime].self, from: Data(#"["2026-09-24"]"#.utf8))
    }
  }
}
