import EventLog
import Testing

@testable import SQLiteLog

@Suite struct HeaderCodingTests {
  @Test func `headers come back as they were`() {
    let headers = [
      Header("ce_id", "1"), Header("ce_id", "2"), Header("none", [UInt8]?.none), Header("empty", []), Header("", "x"),
      Header("回音", [0, 255]), Header("long", [UInt8](repeating: 1, count: 70_000)),
    ]
    #expect(HeaderCoding.encode(headers).flatMap(HeaderCoding.decode) == headers)
    #expect(HeaderCoding.encode([]) == nil)
    #expect(HeaderCoding.decode([]) == [])
  }

  @Test func `bytes that were cut off are refused at every length but where a header ends`() throws {
    let bytes = try #require(HeaderCoding.encode([Header("name", "value"), Header("n", [UInt8]?.none)]))
    for count in 1..<bytes.count where count != 11 { #expect(HeaderCoding.decode(Array(bytes.prefix(count))) == nil) }
    #expect(HeaderCoding.decode(Array(bytes.prefix(11))) == [Header("name", "value")])
  }

  @Test(arguments: [[1, 0xff, 0], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0], [0xff, 0xff, 0xff, 0xff, 0x7f, 1]])
  func `nonsense is refused`(bytes: [UInt8]) {
    #expect(HeaderCoding.decode(bytes) == nil)
  }
}
