import Assembly
import Cases
import EventLog
import Foundation
import Logging
import Streams
import Testing

/// What an operator does with `huiyin topics` and `huiyin dead-letters`.
@Suite struct `An operator's commands` {
  private let folder: TemporaryFolder
  private let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    environment = ["HUIYIN_DATA": folder.path("data"), "HUIYIN_HTTP": "127.0.0.1:0"]
    try FileManager.default.createDirectory(atPath: folder.path("data"), withIntermediateDirectories: true)
  }

  private func huiyin(_ arguments: String..., with more: [String: String] = [:]) throws -> Executables.Result {
    try Executables.run("huiyin", arguments, environment.merging(more) { $1 })
  }

  private func openLog() throws -> any EventLog {
    try LogHome.open(Settings(environment: environment), now: Program.wallClock, logger: Logger(label: "test"))
  }

  /// Waits until so many records stand in a topic, all partitions together.
  private func waitFor(_ count: Int, in topic: String, of log: any EventLog) throws {
    let reader = try log.openReader()
    defer { reader.close() }
    var positions: [TopicPartition: Offset] = [:]
    for partition in 0..<4 { positions[TopicPartition(topic, partition)] = 0 }
    var seen = 0
    var patience = 60
    while seen < count, patience > 0 {
      let chunk = try reader.read(
        from: positions, for: .seconds(1), limit: BatchLimit(records: 100, bytes: 1 << 20))
      seen += chunk.records.count
      positions = chunk.positions
      patience -= 1
    }
    try #require(seen == count)
  }

  /// Lets the worker run until `topic` has so many records.
  private func runTracking(until count: Int, in topic: String, of log: any EventLog) throws {
    let processes = ProcessGroup()
    try processes.start("track-worker", [], environment, log: folder.path("track.log"))
    try waitFor(count, in: topic, of: log)
    #expect(processes.stop() == [0])
  }

  @Test func `creating the topics twice changes nothing, and other wishes are told and refused`() throws {
    let first = try huiyin("topics", "create")
    #expect(first.status == 0)
    #expect(first.output.contains("cases: created"))
    let second = try huiyin("topics", "create")
    #expect(second.status == 0)
    #expect(second.output.contains("cases: is there"))
    let third = try huiyin("topics", "create", with: ["HUIYIN_PARTITIONS": "7"])
    #expect(third.status == 1)
    #expect(third.output.contains("cases: differs") && third.output.contains("7"))
    #expect(try huiyin("topics", "list").output.contains("cases: 4 partitions, kept for good, 0 offsets"))
  }

  @Test func `a record that can't be read is listed, shown without its value, retried, and dropped`() throws {
    let log = try openLog()
    let publisher = try log.openPublisher(as: "test")
    let event = CloudEvent(
      id: "x", source: "/test", type: "cn.huiyin.case.reply.v1", subject: "case-1",
      data: Array(#"{"by":"某人","method":"phone","text":13800000000}"#.utf8))
    let place = try publisher.publish([Output(to: Topics.commands, event.record(key: Array("case-1".utf8)))])[0]
    let id = "\(place.partition)/\(place.offset)"
    try runTracking(until: 1, in: Topics.deadLetters, of: log)

    let list = try huiyin("dead-letters", "list")
    #expect(list.output.contains("\(id)  open  track") && list.output.contains("data.text is not text"))
    let shown = try huiyin("dead-letters", "show", id)
    #expect(shown.status == 0 && shown.output.contains("ce_id: x"))
    #expect(!shown.output.contains("13800000000"))
    #expect(try huiyin("dead-letters", "show", id, "--value").output.contains("13800000000"))
    #expect(try huiyin("dead-letters", "show", "commands/0/99").status == 1)

    #expect(try huiyin("dead-letters", "retry", id, "--dry-run").output.contains("would be retried"))
    #expect(try huiyin("dead-letters", "retry", id).output.contains("retried"))
    // Its settlement and, since it still can't be read, another dead letter.
    try runTracking(until: 3, in: Topics.deadLetters, of: log)
    let again = try huiyin("dead-letters", "list")
    #expect(!again.output.contains(id + " "))
    #expect(again.output.contains("retries 1"))
    #expect(try huiyin("dead-letters", "drop", "--all").status == 0)
    #expect(try huiyin("dead-letters", "list").output == "")
    #expect(try huiyin("dead-letters", "list", "--settled").output.contains("dropped"))
    #expect(try huiyin("verify").status == 0)
  }

  @Test func `publishing checks every line first, and names the bad ones`() throws {
    let good =
      #"{"specversion":"1.0","id":"1","source":"/t","type":"cn.huiyin.opinion.submitted.v1","#
      + #""data":{"channel":"web","text":"路灯坏了","citizen":{"anonymous":true}}}"#
    let bad = try folder.write(good + "\n{}\n" + good + "\n[]\n", to: "bad.jsonl")
    let refused = try huiyin("publish", "--input", bad)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("bad.jsonl:2: ") && refused.errors.contains("bad.jsonl:4: "))
    #expect(try huiyin("publish", "--input", folder.path("missing")).status != 0)
    #expect(try huiyin("export", "--topic", "opinions").output == "")
    #expect(try huiyin("publish", "--input", folder.write(good + "\n", to: "good.jsonl")).status == 0)
    let exported = try huiyin("export", "--topic", "opinions").output
    #expect(exported.split(separator: "\n").count == 1 && exported.contains("路灯坏了"))
    #expect(try huiyin("export", "--topic", "nonsense").status == 1)
  }
}
