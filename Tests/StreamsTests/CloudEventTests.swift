import EventLog
import Streams
import Testing
import Time

struct CloudEventTests {
  let full = """
    {"specversion":"1.0","id":"1","source":"/gate","type":"t","subject":"s","time":"2026-09-24T10:00:00+08:00",\
    "historic":"true","sequence":"3","datacontenttype":"application/json","data":{"b":1.10,"a":["回音",null]}}
    """

  func event(_ json: String) throws -> CloudEvent { try CloudEvent(json: Array(json.utf8)) }

  func line(_ event: CloudEvent) -> String { String(decoding: event.jsonLine, as: UTF8.self) }

  func reason(_ json: String) -> String? {
    do {
      _ = try event(json)
      return nil
    } catch {
      return (error as? Rejection)?.reason
    }
  }

  @Test func `an attribute with a control character is refused, in either form`() throws {
    let line = #"{"specversion":"1.0","id":"a","source":"/a\nb","type":"t"}"#
    #expect(throws: Rejection("attribute source has a control character")) { try CloudEvent(json: Array(line.utf8)) }
    let record = CloudEvent(id: "a", source: "/a\nb", type: "t").record(key: nil)
    #expect(throws: Rejection("header ce_source has a control character")) { try CloudEvent(record) }
  }

  @Test func `a line is read and written back, byte for byte`() throws {
    let event = try event(full)
    #expect(event.id == "1" && event.source == "/gate" && event.type == "t" && event.subject == "s")
    #expect(event.time?.text == "2026-09-24T10:00:00+08:00")
    #expect(event.extensions == ["historic": "true", "sequence": "3"])
    #expect(event.data == Array(#"{"b":1.10,"a":["回音",null]}"#.utf8))
    #expect(line(event) == full)
  }

  @Test func `members in any order and spacing give the same line`() throws {
    let untidy = """
       { "data" : {"b": 1.10,\r\n "a":\t["回音" , null] }, "sequence":3, "historic": true, "type":"t",
        "source":"\\/gate", "id":"\\u0031","time":"2026-09-24T10:00:00+08:00","subject":"s",
        "datacontenttype":"application/json", "specversion":"1.0"}

      """
    #expect(line(try event(untidy)) == full)
  }

  @Test func `what is optional may be missing or null`() throws {
    let event = try event(#"{"specversion":"1.0","id":"1","source":"s","type":"t","subject":null,"data":null}"#)
    #expect(event == CloudEvent(id: "1", source: "s", type: "t", dataContentType: nil))
    #expect(line(event) == #"{"specversion":"1.0","id":"1","source":"s","type":"t"}"#)
  }

  @Test func `data without a media type are JSON, also when they are text`() throws {
    let event = try event(#"{"specversion":"1.0","id":"1","source":"s","type":"t","data":"plain"}"#)
    #expect(event.dataContentType == "application/json")
    #expect(event.data == Array(#""plain""#.utf8))
  }

  @Test func `data of another media type are text`() throws {
    let line = #"{"specversion":"1.0","id":"1","source":"s","type":"t","datacontenttype":"text/plain","data":"a\"\n回"}"#
    let event = try event(line)
    #expect(event.data == Array("a\"\n回".utf8))
    #expect(self.line(event) == line)
  }

  @Test(arguments: [
    ("application/octet-stream", [0xff, 0x00]), ("application/json", Array("{\"a\":".utf8)),
    ("application/json", Array("null".utf8)), ("application/geo+json; x=y", [0x22, 0xff, 0x22]),
  ])
  func `data that can't stand in JSON as they are go as base64`(mediaType: String, data: [UInt8]) throws {
    let event = CloudEvent(id: "1", source: "s", type: "t", dataContentType: mediaType, data: data)
    #expect(line(event).contains(#","data_base64":""#))
    #expect(try CloudEvent(json: event.jsonLine) == event)
  }

  @Test func `every character survives a line`() throws {
    let awkward = String((0...0x7f).map { Character(Unicode.Scalar($0)) }) + "𠮷\u{2028}e\u{301}\u{fffd}👨‍👩‍👧"
    let event = CloudEvent(
      id: "𠮷\"\\/", source: "s", type: "t", extensions: ["note": awkward], dataContentType: "text/plain",
      data: Array(awkward.utf8))
    #expect(try CloudEvent(json: event.jsonLine) == event)
    #expect(!event.jsonLine.contains(UInt8(ascii: "\n")))
  }

  @Test(arguments: ["id", "source", "type", "specversion"])
  func `a missing attribute is named`(name: String) {
    #expect(reason(full.replacing(#""\#(name)":"#, with: #""x":"#)) == "attribute \(name) is missing")
  }

  @Test(arguments: [
    (#""id":"1""#, #""id":1"#, "attribute id is not text"),
    (#""id":"1""#, #""id":"""#, "attribute id is missing"),
    (#""id":"1""#, #""id":"\ud800""#, "attribute id: a string holds half of a surrogate pair"),
    (#""id":"1""#, #""id":"1","id":"2""#, "attribute id stands twice"),
    (#""specversion":"1.0""#, #""specversion":"0.3""#, "attribute specversion is not 1.0"),
    ("T10:00", " at ten", "attribute time is not a time of RFC 3339"),
    (#""historic":"true""#, #""historic":{}"#, "attribute historic is not a plain value"),
    (#""historic""#, #""Historic""#, "the name of an attribute is not made of a–z and 0–9"),
    (#""sequence":"3""#, #""data_base64":"AA==""#, "data and data_base64 exclude each other"),
    ("application/json", "text/plain", "attribute data is not text"),
  ])
  func `a broken attribute is named`(right: String, wrong: String, expected: String) {
    #expect(reason(full.replacing(right, with: wrong)) == expected)
  }

  @Test func `base64 that is none is refused`() {
    let json = #"{"specversion":"1.0","id":"1","source":"s","type":"t","data_base64":"*"}"#
    #expect(reason(json) == "data_base64 is not base64")
  }

  @Test(arguments: [
    ("", "it ends too early, at byte 1"), ("[]", "an object was expected, at byte 1"),
    (#"{"a":1} x"#, "something follows the value, at byte 9"), (#"{"a" 1}"#, "a colon was expected, at byte 6"),
    (#"{"a":1,}"#, "a string was expected, at byte 8"), (#"{"a":01}"#, "a comma or } was expected, at byte 7"),
    (#"{"a":[1 2]}"#, "a comma or ] was expected, at byte 9"), (#"{"a":tru}"#, "a value was expected, at byte 6"),
    (#"{"a":"\x"}"#, "no such escape, at byte 8"),
    (#"{"a":"\u12g4"}"#, "four hexadecimal digits were expected, at byte 11"),
    (#"{"a":1."#, "it ends too early, at byte 8"), (#"{"a":"b"#, "it ends too early, at byte 8"),
    ("{\"a\":\"\n\"}", "a control character stands in a string, at byte 7"),
    (#"{"a":-}"#, "a value was expected, at byte 7"),
  ])
  func `where the JSON breaks is said`(json: String, expected: String) {
    #expect(reason(json) == "not a CloudEvent in JSON: \(expected)")
  }

  @Test func `invalid UTF-8 is refused`() {
    #expect(throws: Rejection("not a CloudEvent in JSON: not valid UTF-8, at byte 3")) {
      try CloudEvent(json: [0x7b, 0x22, 0xff, 0x22, 0x7d])
    }
  }

  @Test func `nesting is bounded`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(reason(#"{"a":\#(deep)"#)?.contains("nested deeper than 200 levels") == true)
  }

  @Test func `a record's content type chooses structured mode`() throws {
    let structured = Record(
      key: nil, value: Array(full.utf8),
      headers: [Header("Content-Type", "Application/CloudEvents+JSON; charset=UTF-8"), Header("ce_id", "not this")])
    #expect(try CloudEvent(structured) == event(full))
    #expect(try CloudEvent(event(full).record(key: nil)) == event(full))
  }

  @Test(arguments: ["application/cloudevents-batch+json", "application/cloudevents+avro"])
  func `other structured modes are refused`(mediaType: String) {
    let record = Record(key: nil, value: Array(full.utf8), headers: [Header("content-type", mediaType)])
    #expect(throws: Rejection("header content-type: of structured modes only application/cloudevents+json is read")) {
      try CloudEvent(record)
    }
  }

  @Test func `structured mode needs a value`() {
    let record = Record(key: nil, value: nil, headers: [Header("content-type", "application/cloudevents+json")])
    #expect(throws: Rejection("the value is missing")) { try CloudEvent(record) }
  }

  @Test func `headers that can't be attributes stay with the record`() throws {
    var record = try event(full).record(key: nil)
    record.headers += ["ce_data", "ce_datacontenttype", "ce_My-Name", "ce_", "traceparent"].map { Header($0, "x") }
    #expect(try CloudEvent(record) == event(full))
  }
}
