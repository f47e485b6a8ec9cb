import Foundation
import ReferenceJob
import Testing

struct CaseRecordTests {
  @Test func `fields are found in any order, between others, with space around them`() throws {
    let record = try CaseRecord(
      json: Array(
        "\n{ \"text\" : {\"title\":\"no\",\"deep\":[1,[2.5e-3,null,true]]},\t\"time\":17 , \"title\":\"路灯\", \"seq\":-12 } "
          .utf8))
    #expect(record.seq == -12)
    #expect(Array(record.title) == Array("\"路灯\"".utf8))
    #expect(Array(record.time) == Array("17".utf8))
  }

  @Test func `names may be escaped, and of two the last counts`() throws {
    let record = try CaseRecord(
      json: Array(#"{"seq":1,"\u0073\u0065q":2,"t\u0069tle":"a\"b\\\u00e9","time":"x"}"#.utf8))
    #expect(record.seq == 2)
    #expect(Array(record.title) == Array(#""a\"b\\\u00e9""#.utf8))
  }

  @Test(arguments: [
    "", " ", "null", "[]", "\"x\"", "{", "{}", "{\"seq\":1}", "{\"seq\":1,\"title\":\"a\"}",
    "{\"seq\":1,\"title\":\"a\",\"time\":\"b\"", "{\"seq\":1,\"title\":\"a\",\"time\":\"b\"}x",
    "{\"seq\":1,\"title\":\"a\",\"time\":\"b\",}", "{\"seq\":01,\"title\":\"a\",\"time\":\"b\"}",
    "{\"seq\":1.0,\"title\":\"a\",\"time\":\"b\"}", "{\"seq\":\"1\",\"title\":\"a\",\"time\":\"b\"}",
    "{\"seq\":9223372036854775808,\"title\":\"a\",\"time\":\"b\"}", "{\"seq\":1,\"title\":7,\"time\":\"b\"}",
    "{\"seq\":1,\"title\":\"a\",\"time\":null}", "{\"seq\":1,\"title\":\"a\nb\",\"time\":\"b\"}",
    "{\"seq\":1,\"title\":\"\\x\",\"time\":\"b\"}", "{\"seq\":1,\"title\":\"\\u12g4\",\"time\":\"b\"}",
    "{\"seq\":1,\"title\":\"\\ud800\",\"time\":\"b\"}", "{\"seq\":1,\"title\":\"\\udc00\",\"time\":\"b\"}",
    "{\"seq\":1,\"title\":\"\\ud800\\u0041\",\"time\":\"b\"}", "{seq:1,\"title\":\"a\",\"time\":\"b\"}",
    "{\"seq\":1,\"title\":\"a\",\"time\":\"b\",\"x\":tru}", "{\"seq\":1,\"title\":\"a\",\"time\":\"b\",\"x\":-}",
    "{\"seq\":1,\"title\":\"a\",\"time\":\"b\" \"x\":1}",
  ])
  func `what is no such record is refused`(text: String) {
    #expect(throws: CaseRecord.Unreadable.self) { try CaseRecord(json: Array(text.utf8)) }
  }

  @Test func `nesting has an end`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: CaseRecord.Unreadable.self) {
      try CaseRecord(json: Array("{\"seq\":1,\"title\":\"a\",\"time\":\"b\",\"x\":\(deep)".utf8))
    }
  }

  @Test(
    arguments: [
      [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xf0, 0x8f, 0xbf, 0xbf],
      [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe8, 0xb7], [0xff],
    ] as [[UInt8]])
  func `what is no UTF-8 is refused`(bytes: [UInt8]) {
    let text = Array("{\"seq\":1,\"time\":\"b\",\"title\":\"".utf8) + bytes + Array("\"}".utf8)
    #expect(throws: CaseRecord.Unreadable.self) { try CaseRecord(json: text) }
  }

  /// Every text that Foundation refuses is refused, and what both read is the same; each broken in one byte at random.
  @Test func `it agrees with Foundation on what is broken`() throws {
    struct Plain: Decodable {
      var seq: Int64
      var title: String
    }
    var generator = Seeded(state: 17)
    let whole = Array(
      #"{"id":"a-1","seq":42,"title":"路灯\n\"坏\"了\ud83d\ude00😀","text":["x",{"y":-1.5E+3}],"time":"2026-09-24"}"#.utf8)
    var broken = 0
    for _ in 0..<20_000 {
      var text = whole
      text[Int(generator.next() % UInt64(text.count))] = UInt8(truncatingIfNeeded: generator.next())
      let ours = try? CaseRecord(json: text)
      let theirs = try? JSONDecoder().decode(Plain.self, from: Data(text))
      if theirs == nil { #expect(ours == nil, "\(String(decoding: text, as: UTF8.self))") }
      guard let ours, let theirs else {
        broken += 1
        continue
      }
      #expect(ours.seq == theirs.seq)
      #expect(try JSONDecoder().decode(String.self, from: Data(ours.title)) == theirs.title)
    }
    #expect(broken > 1000)
  }
}

struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
