import Cases
import EventLog
import Streams
import Testing
import Time
import Tracking

struct BadRecordTests {
  private static let processor = TrackProcessor(calendar: .builtIn, policy: .standard)
  private static let replyType = "cn.huiyin.case.reply.v1"

  private func reason(_ record: Record) -> String? {
    let stored = StoredRecord(
      partition: TopicPartition(Topics.commands, 0), offset: 7, timestamp: Instant(milliseconds: 1), record: record)
    do throws(Rejection) {
      _ = try Self.processor.decode(stored)
      return nil
    } catch {
      return error.reason
    }
  }

  private func reason(
    key: String? = "c", subject: String? = "c", type: String = replyType, data: String?
  ) -> String? {
    let event = CloudEvent(
      id: "1", source: "/desk", type: type, subject: subject, data: data.map { Array($0.utf8) })
    return reason(event.record(key: key.map { Array($0.utf8) }))
  }

  private let good = #"{"by":"住建局","method":"phone","text":"已修复"}"#

  @Test func `a good command is read, and fields unknown here are ignored`() {
    #expect(reason(data: good) == nil)
    #expect(reason(data: #"{"by":"住建局","method":"phone","text":"已修复","mood":{"a":[1]}}"#) == nil)
  }

  @Test func `a command without a key is refused`() {
    #expect(reason(key: nil, data: good) == "the record has no key")
  }

  @Test func `a command whose key is not its subject is refused`() {
    #expect(reason(key: "other", data: good) == "the record's key is not its ce_subject")
  }

  @Test(arguments: ["two words", "a/b", "王", String(repeating: "a", count: 65), ""])
  func `a key that is no case id is refused`(key: String) {
    #expect(reason(key: key, subject: nil, data: good) == "the record's key is not a case id")
  }

  @Test func `a key that is not UTF-8 is refused`() {
    let event = CloudEvent(id: "1", source: "/desk", type: Self.replyType, data: Array(good.utf8))
    #expect(reason(event.record(key: [0xff])) == "the record's key is not UTF-8")
  }

  @Test(arguments: [
    "cn.huiyin.case.dance.v1", "cn.huiyin.case.reply.v2", "cn.huiyin.case.replied.v1", "reply",
    "cn.huiyin.opinion.submitted.v1",
  ])
  func `an unknown type is refused by name`(type: String) {
    #expect(reason(type: type, data: good) == "unknown type \(type)")
  }

  @Test(arguments: ["ce_specversion", "ce_id", "ce_source", "ce_type"])
  func `a missing header is named`(header: String) {
    var record = CloudEvent(id: "1", source: "/desk", type: Self.replyType, data: Array(good.utf8))
      .record(key: Array("c".utf8))
    record.headers.removeAll { $0.name == header }
    #expect(reason(record) == "header \(header) is missing")
  }

  @Test func `a ce_time that is no time is refused`() {
    var record = CloudEvent(id: "1", source: "/desk", type: Self.replyType, data: Array(good.utf8))
      .record(key: Array("c".utf8))
    record.headers.append(Header("ce_time", "昨天"))
    #expect(reason(record) == "header ce_time is not a time of RFC 3339")
  }

  @Test(arguments: [
    (nil, "data is missing"), ("", "data is not JSON"), ("住建局", "data is not JSON"), ("{", "data is not JSON"),
    ("[]", "data is not an object"), ("null", "data is null"), ("3", "data is not an object"),
    ("{}", "data.by is missing"), (#"{"by":"住建局","method":"phone"}"#, "data.text is missing"),
    (#"{"by":"住建局","method":"phone","text":null}"#, "data.text is null"),
    (#"{"by":"住建局","method":"phone","text":13800000000}"#, "data.text is not text"),
    (#"{"by":["王小明"],"method":"phone","text":"x"}"#, "data.by is not text"),
    (#"{"by":"住建局","method":"13800000000","text":"x"}"#, "data.method is not a value allowed there"),
    (#"{"by":"住建局","method":"phone","text":" 　\n"}"#, "data.text is empty"),
    (#"{"by":"","method":"phone","text":"x"}"#, "data.by is empty"),
  ])
  func `broken data is refused with the field's name and without its contents`(data: String?, words: String) throws {
    let found = try #require(reason(data: data))
    #expect(found == "\(Self.replyType): \(words)")
    #expect(!found.contains("13800000000") && !found.contains("王小明"))
  }

  @Test func `data that is not UTF-8 is refused`() {
    let event = CloudEvent(
      id: "1", source: "/desk", type: Self.replyType, data: Array(#"{"text":""#.utf8) + [0xff] + Array(#""}"#.utf8))
    #expect(reason(event.record(key: Array("c".utf8))) == "\(Self.replyType): data is not valid UTF-8")
  }

  @Test func `a field deep inside an opinion's command is named by its path`() throws {
    let type = "cn.huiyin.case.open.v1"
    let now = time("06-01T10:00")
    let whole = String(decoding: Samples.open("c", received: now, recorded: now.instant).data, as: UTF8.self)
    #expect(reason(type: type, data: whole) == nil)
    for (from, to, words) in [
      (#""text":"路灯坏了""#, #""text":7"#, "data.submission.statement.text is not text"),
      (
        #""received":"2026-06-01T10:00:00+08:00""#, #""received":"6月1日""#,
        "data.submission.received is not a time of RFC 3339"
      ),
      (#""kind":"department""#, #""kind":"王小明""#, "data.assignment.owner.kind is not a value allowed there"),
      (#""confidence":0.9"#, #""confidence":1e999"#, "data is not JSON"),
      (#""why":["路灯"]"#, #""why":["路灯",3]"#, "data.classification.why.1 is not text"),
      (#""why":["路灯"]"#, #""why":"路灯""#, "data.classification.why is not a list"),
      (#""historic":false"#, #""historic":"no""#, "data.submission.historic is not true or false"),
    ] {
      let broken = whole.replacing(from, with: to)
      #expect(broken != whole)
      #expect(reason(type: type, data: broken) == "\(type): \(words)")
    }
  }

  @Test func `a broken record changes nothing for the commands around it`() {
    var bench = Bench()
    bench.open()
    bench.read(Record(key: Array("c".utf8), value: nil))
    bench.send(Samples.reply(), id: "r")
    #expect(bench.deadLetters.map(\.reason) == ["header ce_specversion is missing"])
    #expect(bench.names() == ["opened", "classified", "assigned", "replied"])
  }
}
