import Cases
import Testing
import Time

struct JSONDataTests {
  private struct Sample: Codable, Hashable {
    enum Colour: String, Codable { case red, green }
    struct Inner: Codable, Hashable { var date: CalendarDate? }

    var z: Int
    var a: String
    var url: String?
    var ratio: Double?
    var yes: Bool?
    var colour: Colour?
    var inner: Inner?
    var list: [Inner]?
    var time: GivenTime?
  }

  @Test func `equal values are equal bytes: keys sorted, slashes plain, nothing for nothing`() {
    let sample = Sample(z: 1, a: "意见", url: "https://x/y")
    #expect(String(decoding: JSONData.encode(sample), as: UTF8.self) == #"{"a":"意见","url":"https://x/y","z":1}"#)
    for _ in 1...20 { #expect(JSONData.encode(sample) == JSONData.encode(sample)) }
  }

  @Test(arguments: [
    (#"{"a":"x"}"#, "data.z is missing"), (#"{"z":1}"#, "data.a is missing"),
    (#"{"z":null,"a":"x"}"#, "data.z is null"),
    (#"{"z":"秘密","a":"x"}"#, "data.z is not a whole number"),
    (#"{"z":1.5,"a":"x"}"#, "data is not JSON"),
    (#"{"z":99999999999999999999,"a":"x"}"#, "data is not JSON"),
    (#"{"z":1,"a":13800000000}"#, "data.a is not text"),
    (#"{"z":1,"a":"x","ratio":"秘密"}"#, "data.ratio is not a number"),
    (#"{"z":1,"a":"x","yes":1}"#, "data.yes is not true or false"),
    (#"{"z":1,"a":"x","colour":"秘密"}"#, "data.colour is not a value allowed there"),
    (#"{"z":1,"a":"x","inner":"秘密"}"#, "data.inner is not an object"),
    (#"{"z":1,"a":"x","list":{}}"#, "data.list is not a list"),
    (#"{"z":1,"a":"x","list":[{},{"date":"2026-02-30"}]}"#, "data.list.1.date is not a date of the form YYYY-MM-DD"),
    (#"{"z":1,"a":"x","time":"13800000000"}"#, "data.time is not a time of RFC 3339"),
    (#"{"z":1,"a":"x","#, "data is not JSON"), ("", "data is not JSON"), ("秘密", "data is not JSON"),
    ("[1]", "data is not an object"), ("null", "data is null"),
    (#"{"z":1,"a":"\ud800"}"#, "data is not JSON"),
  ])
  func `an error names the field and what is wrong, never its contents`(text: String, reason: String) {
    let error = #expect(throws: Malformed.self) { try JSONData.decode(Sample.self, from: Array(text.utf8)) }
    #expect(error?.reason == reason)
    #expect(error?.description == reason)
  }

  @Test func `no data and data that is not UTF-8 are told apart`() {
    #expect(throws: Malformed("data is missing")) { try JSONData.decode(Sample.self, from: nil) }
    #expect(throws: Malformed("data is not valid UTF-8")) {
      try JSONData.decode(Sample.self, from: [0x22, 0xc3, 0x22])
    }
  }

  @Test func `nesting without end is an error, not a crash`() {
    let bytes = Array((String(repeating: "[", count: 100_000)).utf8)
    #expect(throws: Malformed("data is not JSON")) { try JSONData.decode(Sample.self, from: bytes) }
  }
}
