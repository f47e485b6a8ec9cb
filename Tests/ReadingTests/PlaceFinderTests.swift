import Cases
import Testing

@testable import Reading

struct PlaceFinderTests {
  private func station(
    _ id: String, _ name: String, _ level: Directory.Station.Level, _ parent: String? = nil, region: String? = nil,
    aliases: [String] = []
  ) -> Directory.Station {
    Directory.Station(id: id, name: name, level: level, parent: parent, region: region, aliases: aliases)
  }

  private func directory() throws -> Directory {
    try Directory(
      version: "d-1",
      stations: [
        station("county", "青溪县总站", .county, region: "青溪县"),
        station("liu", "柳河镇联络站", .township, "county", region: "柳河镇", aliases: ["柳河"]),
        station("yun", "云台镇联络站", .township, "county", region: "云台镇", aliases: ["老街", "山"]),
        station("qiao1", "柳河石桥联络点", .village, "liu", region: "石桥村"),
        station("wan", "李家湾联络点", .village, "liu", region: "李家湾村", aliases: ["李家湾", "老街"]),
        station("qiao2", "云台石桥联络点", .village, "yun", region: "石桥村"),
        station("cha", "茶园村联络点", .village, "yun", region: "茶园村"),
      ])
  }

  private func read(_ title: String, _ text: String) throws -> (places: [TextReading.Place], region: String?) {
    try PlaceFinder(directory()).places(title: FoldedText(title), text: FoldedText(text))
  }

  @Test(arguments: [
    ("", "柳河镇的路灯坏了", "liu"), ("", "柳河的路灯坏了", "liu"), ("", "柳河鎮的路燈壞了", "liu"), ("", "路灯坏了", nil),
    ("", "青溪县的路灯坏了", nil), ("", "茶园村的路灯坏了", "cha"),
    // The village is nearer to the matter than its township.
    ("", "柳河镇政府不管李家湾村的路", "wan"), ("", "李家湾村的路，柳河镇柳河镇柳河镇不管", "wan"),
    // The title says what it is about.
    ("柳河镇路灯坏了", "不像云台镇茶园村那样亮，云台镇多好", "liu"), ("云台镇", "茶园村的路", "cha"),
    // More often, then first.
    ("", "云台镇好，柳河镇坏，柳河坏", "liu"), ("", "云台镇和柳河镇", "yun"), ("", "茶园村、李家湾村，茶园村", "cha"),
    // One name of two villages: the township decides, else nobody.
    ("", "石桥村的路", nil), ("", "柳河镇石桥村的路", "qiao1"), ("", "石桥村的路，归云台镇管", "qiao2"),
    ("", "柳河镇、云台镇都有石桥村", "liu"), ("", "茶园村旁边的石桥村", "cha"), ("", "石桥村在柳河镇，茶园村也去过", "liu"),
    // One name of a township and another's village.
    ("", "老街的路", nil), ("", "柳河镇老街的路", "wan"), ("", "云台镇老街的路", "yun"),
    // One character names nothing.
    ("", "山上的路", nil),
  ])
  func `the place that an opinion is about is told, or none`(title: String, text: String, region: String?) throws {
    #expect(try read(title, text).region == region)
  }

  @Test func `an ambiguous name is reported with all its stations`() throws {
    let found = try read("", "石桥村的路")
    #expect(
      found.places == [
        TextReading.Place(word: "石桥村", stations: ["qiao1", "qiao2"], span: .init(field: .text, start: 0, end: 3))
      ])
  }

  @Test func `the longest name counts, where it stands in the original`() throws {
    let found = try read("柳河\u{200B}鎮", "😀在柳河镇联络站")
    #expect(found.places.map(\.word) == ["柳河镇", "柳河镇联络站"])
    #expect(found.places.map(\.span.field) == [.title, .text])
    #expect(found.places.map(\.span.start) == [0, 2])
    #expect(found.places.map(\.span.end) == [4, 8])
  }

  @Test func `of very many places the first twenty are listed, and all are counted`() throws {
    let found = try read("", String(repeating: "云台镇", count: 20) + String(repeating: "柳河镇", count: 21))
    #expect(found.places.count == TextReading.maximumPlaces)
    #expect(found.places.allSatisfy { $0.word == "云台镇" })
    #expect(found.region == "liu")
  }

  @Test func `the same opinion is about the same place each time`() throws {
    // Equal in everything but which is named first.
    for _ in 0..<50 { #expect(try read("", "茶园村和李家湾村").region == "cha") }
  }
}
