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

  @Test func `classify answers every line in its order, whatever label a line bears`() throws {
    let topics = ["学校周末补课，老师乱收费", "小区楼下的工厂排放废气，气味刺鼻", "公司拖欠工资，不交社保"]
    // More than is read at once, and each line of another length.
    let lines = (0..<3000).map { number in
      let text = topics[number % 3] + String(repeating: "。请有关部门处理", count: number % 80)
      return #"{"id":"n\#(number)","title":"","text":"\#(text)","category":"交通运输"}"#
    }
    let input = folder.path("opinions.jsonl")
    try lines.joined(separator: "\n").write(toFile: input, atomically: true, encoding: .utf8)
    let result = try huiyin("classify", "--input", input)
    #expect(result.status == 0)
    struct Answer: Decodable {
      let id: String
      let category: String
      let by: String
    }
    let answers = try result.output.split(separator: "\n").map {
      try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
    }
    #expect(answers.map(\.id) == (0..<3000).map { "n\($0)" })
    #expect(answers.prefix(3).map(\.category) == ["教育文体", "环境保护", "劳动和社会保障"])
    #expect(answers.allSatisfy { $0.by == "model" })
  }

  @Test func `classify names a line that it can't read, and answers the others`() throws {
    let input = folder.path("opinions.jsonl")
    try #"{"id":1,"text":"公司拖欠工资"}\#n{"title":\#n\#n{"text":"学校乱收费","preset":"交通运输"}"#
      .write(toFile: input, atomically: true, encoding: .utf8)
    let result = try huiyin("classify", "--input", input)
    #expect(result.status != 0)
    #expect(result.errors.contains("opinions.jsonl:2: "))
    #expect(result.output.contains(#""by":"code","category":"交通运输""#) && result.output.contains(#""id":1,"#))
  }

  @Test func `train and evaluate work on lines of labelled opinions, and the model then classifies`() throws {
    let samples = [
      ("教育文体", ["学校补课收费", "老师体罚学生", "幼儿园学费太高", "中考招生政策", "校车超载"]),
      ("环境保护", ["工厂排放废气", "河水被污染发臭", "工地扬尘太大", "噪音扰民", "垃圾焚烧气味"]),
    ]
    let lines = samples.flatMap { category, texts in
      (0..<60).map {
        #"{"title":"反映\#(texts[$0 % 5])","text":"第\#($0)次反映\#(texts[$0 % 5])的问题","category":"\#(category)"}"#
      }
    }
    let input = folder.path("labelled.jsonl")
    try lines.joined(separator: "\n").write(toFile: input, atomically: true, encoding: .utf8)
    let model = folder.path("own.model")
    let trained = try huiyin("train", "--input", input, "--output", model)
    #expect(trained.status == 0 && trained.output.contains("macro-F1"))
    #expect(FileManager.default.fileExists(atPath: model + ".md"))
    let evaluated = try huiyin("evaluate", "--input", input, "--model", model)
    #expect(evaluated.status == 0 && evaluated.output.contains("accuracy"))
    let classified = try huiyin("classify", "--input", input, "--model", model)
    #expect(classified.status == 0 && classified.output.contains(#""category":"环境保护""#))
  }
}
