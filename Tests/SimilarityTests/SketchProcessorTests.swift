import Cases
import EventLog
import Similarity
import Streams
import Testing
import Time

struct SketchProcessorTests {
  private func directory() throws -> Directory {
    try Directory(
      version: "d-1",
      stations: [
        Directory.Station(id: "county", name: "总站", level: .county),
        Directory.Station(id: "liu", name: "柳河镇联络站", level: .township, parent: "county", codes: ["L1"]),
        Directory.Station(id: "wan", name: "李家湾联络点", level: .village, parent: "liu"),
      ])
  }

  private func entries(_ records: [Record]) throws -> [BandEntry] {
    try records.map { try JSONData.decode(BandEntry.self, from: CloudEvent($0).data) }
  }

  @Test func `an opinion goes to sixteen bands, each with a key and an id of its own`() throws {
    var meeting = Meeting()
    let records = meeting.bands(of: Meeting.classified("c", Texts.lamp, received: Meeting.start))
    #expect(records.count == 16)
    let events = try records.map { try CloudEvent($0) }
    #expect(events.map(\.id) == (0..<16).map { "c.0.b\($0)" })
    #expect(events.allSatisfy { $0.type == EventTypes.band && $0.source == Sources.similarity })
    #expect(Set(records.map(\.key)).count == 16)
    for (record, entry) in zip(records, try entries(records)) {
      #expect(record.key == Array(entry.key.utf8))
      #expect(entry.caseID.text == "c")
      #expect(entry.received.instant == Meeting.start)
    }
    #expect(meeting.bands(of: Meeting.classified("c", Texts.lamp, received: Meeting.start)) == records)
  }

  @Test func `a band's record holds no word of the text`() throws {
    var meeting = Meeting()
    for record in meeting.bands(of: Meeting.classified("c", Texts.lamp, received: Meeting.start)) {
      let value = String(decoding: try #require(record.value), as: UTF8.self)
      #expect(value.utf8.count < 600)
      #expect(value.unicodeScalars.allSatisfy { $0.isASCII })
    }
  }

  @Test(arguments: [
    (nil, "liu", "liu"), (nil, "wan", "liu"), ("L1", nil, "liu"), (nil, nil, nil), (nil, "county", nil),
    (nil, "gone", nil),
  ])
  func `the region is the township of the place`(code: String?, region: String?, expected: String?) throws {
    var meeting = Meeting(directory: try directory())
    let record = Meeting.classified("c", Texts.lamp, received: Meeting.start, region: region, code: code)
    #expect(try entries(meeting.bands(of: record)).allSatisfy { $0.region == expected })
  }

  @Test func `the region is that of the directory that was heard`() throws {
    let heard = Broadcast(Topics.directory, try directory().records)
    let processor = try SketchProcessor(directory: .builtIn).hearing(heard)
    let record = Meeting.classified("c", Texts.lamp, received: Meeting.start, region: "wan")
    var state: Never?
    let input = processor.decode(
      StoredRecord(
        partition: TopicPartition(Topics.classifications, 0), offset: 0, timestamp: Meeting.start, record: record))
    let bands = processor.process(input, state: &state, at: Meeting.start).compactMap { effect in
      if case .emit(_, let output) = effect { output } else { nil }
    }
    #expect(try entries(bands).count == 16)
    #expect(try entries(bands).allSatisfy { $0.region == "liu" })
    #expect(throws: Rejection.self) { try processor.hearing(Broadcast(Topics.directory, [:])) }
  }

  @Test func `what says too little, or can't be read, goes nowhere`() {
    var meeting = Meeting()
    #expect(meeting.bands(of: Meeting.classified("c", "路灯坏了", received: Meeting.start)).isEmpty)
    #expect(meeting.bands(of: Record(key: [1], value: [2])).isEmpty)
    let good = Meeting.classified("c", Texts.lamp, received: Meeting.start)
    var broken = good
    broken.value = Array("{}".utf8)
    #expect(meeting.bands(of: broken).isEmpty)
    #expect(meeting.bands(of: good).count == 16)
  }
}
