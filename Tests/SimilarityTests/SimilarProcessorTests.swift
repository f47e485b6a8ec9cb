import SeededRandom
import Cases
import EventLog
import Similarity
import Streams
import Testing
import Time

struct SimilarProcessorTests {
  @Test func `the later of two that are alike is told of the earlier, once`() throws {
    var meeting = Meeting()
    try meeting.say("a", Texts.lamp)
    meeting.pass(Meeting.day)
    try meeting.say("b", Texts.lampAgain)
    #expect(meeting.found.map(\.later) == ["b"])
    #expect(meeting.found.map(\.earlier) == ["a"])
    #expect(meeting.commandIDs == ["b.similar.a"])
    let expected = try #require(Sketch(title: nil, text: Texts.lamp)).similarity(
      to: try #require(Sketch(title: nil, text: Texts.lampAgain)))
    #expect(meeting.found[0].score == expected)
  }

  @Test func `another matter is not alike`() throws {
    var meeting = Meeting()
    try meeting.say("a", Texts.lamp)
    try meeting.say("b", Texts.river)
    #expect(meeting.found.isEmpty)
  }

  @Test(arguments: [("liu", "yun", 0), ("liu", "liu", 1), ("liu", nil, 0), (nil, nil, 1)])
  func `only opinions of one region are compared`(one: String?, other: String?, count: Int) throws {
    let directory = try Directory(
      version: "d-1",
      stations: [Directory.Station(id: "county", name: "总站", level: .county)]
        + ["liu", "yun"].map { Directory.Station(id: $0, name: $0 + "站", level: .township, parent: "county") })
    var meeting = Meeting(directory: directory)
    try meeting.say("a", Texts.lamp, region: one)
    try meeting.say("b", Texts.lamp, region: other)
    #expect(meeting.found.count == count)
  }

  @Test(arguments: [(28, 1), (29, 0), (-28, 1), (-29, 0)])
  func `only opinions of the same weeks are compared`(days: Int, count: Int) throws {
    var meeting = Meeting()
    try meeting.say("a", Texts.lamp, received: Meeting.start)
    try meeting.say("b", Texts.lamp, received: Meeting.start + Meeting.day * days)
    #expect(meeting.found.count == count)
    #expect(meeting.found.allSatisfy { $0.later == (days > 0 ? "b" : "a") })
  }

  @Test func `when the weeks have passed a band forgets, and nothing of it is left`() throws {
    var meeting = Meeting(weeks: 2)
    try meeting.say("a", Texts.lamp)
    meeting.pass(Meeting.day * 10)
    try meeting.say("b", Texts.lamp)
    #expect(meeting.states.count == 16)
    meeting.pass(Meeting.day * 4 - .seconds(1))
    let both = meeting.states.values.map { $0 }
    meeting.pass(.seconds(1))
    #expect(meeting.states.count == 16)
    #expect(!both.contains { meeting.states.values.contains($0) })
    meeting.pass(Meeting.day * 10 - .seconds(1))
    #expect(meeting.states.count == 16)
    meeting.pass(.seconds(1))
    #expect(meeting.states.isEmpty)
    try meeting.say("c", Texts.lamp)
    #expect(meeting.found.map(\.later) == ["b"])
  }

  @Test func `an opinion sent again, or added to its own case, finds nothing new`() throws {
    var meeting = Meeting()
    try meeting.say("a", Texts.lamp)
    let states = meeting.states
    try meeting.say("a", Texts.lamp)
    #expect(meeting.states == states)
    try meeting.say("a", Texts.lampAgain)
    #expect(meeting.found.isEmpty)
    try meeting.say("b", Texts.lamp)
    let found = Set(meeting.found)
    try meeting.say("b", Texts.lamp)
    #expect(Set(meeting.found) == found)
    #expect(meeting.found.count == found.count)
  }

  @Test func `in whatever order the records of two opinions are read, the same pair is found once`() throws {
    let seed: UInt64 = 31
    print("seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    for round in 0..<15 {
      let text = Texts.random(120, &chance)
      var meeting = Meeting()
      var expected: [Meeting.Found] = []
      var records: [Record] = []
      let others = (0..<4).map { _ in Texts.changed(text, share: 0.08, &chance) }
      for (index, text) in ([text] + others).enumerated() {
        records += meeting.bands(
          of: Meeting.classified("c\(index)", text, received: Meeting.start + .seconds(index % 3)))
      }
      var inOrder = meeting
      for record in records { try inOrder.meet(record) }
      expected = inOrder.found.sorted()
      // Each band is a partition's: only what lies in one partition has an order.
      for _ in 0..<3 {
        var shuffled = meeting
        for record in records.shuffled(using: &chance) { try shuffled.meet(record) }
        #expect(shuffled.found.sorted() == expected, "round \(round)")
      }
      #expect(expected.count >= 8, "round \(round)")
      #expect(Set(inOrder.commandIDs).count == inOrder.commandIDs.count, "round \(round)")
    }
  }

  @Test func `a matter of hundreds keeps its bands small and its findings few`() throws {
    var meeting = Meeting()
    for number in 0..<80 {
      try meeting.say("c\(1000 + number)", Texts.lamp, received: Meeting.start + .seconds(number))
    }
    for state in meeting.states.values {
      // Fifty sketches, each with its case.
      #expect(state.stored().count < 30_000)
    }
    let ofLast = meeting.found.filter { $0.later == "c1079" }
    #expect(ofLast.count == SimilarProcessor.maximumFinds)
    #expect(meeting.found.count <= 80 * SimilarProcessor.maximumFinds)
    #expect(ofLast.allSatisfy { $0.score == 1 })
  }

  @Test func `the most alike are named`() throws {
    var meeting = Meeting()
    let seed: UInt64 = 5
    print("seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    for number in 0..<8 {
      try meeting.say("far\(number)", Texts.changed(Texts.lamp, share: 0.1, &chance))
    }
    for number in 0..<5 { try meeting.say("near\(number)", Texts.lamp) }
    try meeting.say("z", Texts.lamp)
    let near = Set(meeting.found.filter { $0.later == "z" && $0.score == 1 }.map(\.earlier))
    #expect(near == Set((0..<5).map { "near\($0)" }))
  }

  @Test func `a record that is no band's is refused`() throws {
    var meeting = Meeting()
    let good = meeting.bands(of: Meeting.classified("c", Texts.lamp, received: Meeting.start))[0]
    let event = try CloudEvent(good)
    func refusal(_ change: (inout CloudEvent) -> Void, key: String? = nil) throws -> String {
      var other = event
      change(&other)
      let key = key ?? event.subject ?? ""
      other.subject = key
      let stored = StoredRecord(
        partition: TopicPartition(Topics.bands, 0), offset: 0, timestamp: Meeting.start,
        record: other.record(key: Array(key.utf8)))
      let error = #expect(throws: Rejection.self) { try SimilarProcessor().decode(stored) }
      return error?.reason ?? ""
    }
    #expect(try refusal { $0.type = "cn.huiyin.other.v1" } == "unknown type cn.huiyin.other.v1 on bands")
    #expect(try refusal { $0.data = Array("{}".utf8) }.hasSuffix(" is missing"))
    #expect(try refusal({ _ in }, key: "1/-/0/abc") == "the record's key is not that of its band")
    let text = String(decoding: try #require(event.data), as: UTF8.self)
    #expect(
      try refusal { $0.data = Array(text.replacing(#""band":0"#, with: #""band":99"#).utf8) }
        == "the record's key is not that of its band")
  }
}
