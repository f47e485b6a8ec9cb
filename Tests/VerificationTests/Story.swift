import Assembly
import Cases
import Foundation
import Logging
import SQLiteLog
import Streams
import Time

/// The events that the tests' logs begin with.
enum Story {
  static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  static func time(_ text: String) throws -> GivenTime {
    guard let time = GivenTime(text) else { throw NotATime(text: text) }
    return time
  }

  struct NotATime: Error { let text: String }

  static func opinion(
    _ caseID: String, id: String? = nil, at time: GivenTime, channel: String = "web", citizen: Citizen = Citizen()
  ) -> CloudEvent {
    let opinion = Opinion(channel: channel, text: "路灯坏了，晚上很黑", citizen: citizen)
    return CloudEvent(
      id: id ?? "o-\(caseID)", source: "//test", type: EventTypes.opinionSubmitted, subject: caseID, time: time,
      data: JSONData.encode(opinion))
  }

  static func reply(
    _ caseID: String, id: String? = nil, at time: GivenTime, method: CaseCommand.Reply.Method = .writing
  ) -> CloudEvent {
    let command = CaseCommand.reply(CaseCommand.Reply(by: "张主任", method: method, text: "已修好"))
    return CloudEvent(
      id: id ?? "r-\(caseID)", source: "//test", type: command.type, subject: caseID, time: time, data: command.data)
  }

  static let citizen = Citizen(id: "openid-4711", name: "王小明", phone: "13800000000", anonymous: false)

  /// A case of each kind: `answered` in time, `late`, `unreached`, `waiting` for its reply, `silent` and overdue,
  /// `added` to, `refused` a reply, and an opinion that is sent twice.
  static func events() throws -> [CloudEvent] {
    [
      opinion("answered", at: try time("2026-03-02T10:00:00+08:00"), citizen: citizen),
      opinion("late", at: try time("2026-03-02T11:00:00+08:00")),
      opinion("silent", at: try time("2026-03-03T09:00:00+08:00")),
      opinion("unreached", at: try time("2026-03-03T10:00:00+08:00"), channel: "wechat", citizen: citizen),
      reply("answered", at: try time("2026-03-05T16:00:00+08:00"), method: .onTheSpot),
      reply("unreached", at: try time("2026-03-06T16:00:00+08:00")),
      opinion("added", at: try time("2026-03-17T10:00:00+08:00")),
      opinion("waiting", at: try time("2026-03-18T10:00:00+08:00")),
      reply("refused", at: try time("2026-03-18T11:00:00+08:00")),
      opinion("refused", at: try time("2026-03-18T12:00:00+08:00")),
      opinion("added", id: "more", at: try time("2026-03-19T10:00:00+08:00")),
      opinion("answered", at: try time("2026-03-19T11:00:00+08:00"), citizen: citizen),
      reply("late", at: try time("2026-03-20T10:00:00+08:00")),
    ]
  }

  /// As built in, but that every rule is in force: a pause is allowed, and all that is closed is looked at again.
  static let policy: ReplyPolicy = {
    var policy = ReplyPolicy.standard
    (policy.pause, policy.reviewShare) = (10, 1000)
    return policy
  }()

  static func settings() throws -> Settings {
    try Settings(environment: [:], log: "sqlite::memory:")
  }

  /// Plays events through the whole pipeline, and looks at the log that it ran on.
  static func replay<Outcome>(
    _ events: [CloudEvent], until: GivenTime? = nil, policy: ReplyPolicy = .standard,
    _ body: (SQLiteLog) throws -> Outcome
  ) throws -> Outcome {
    try inFolder { folder in
      let input = folder.appending(path: "events.jsonl")
      try Data(events.map { Data($0.jsonLine) }.joined(separator: [UInt8(ascii: "\n")])).write(to: input)
      return try replay(file: input.path, until: until, policy: policy, body)
    }
  }

  static func replay<Outcome>(
    file: String, until: GivenTime? = nil, policy: ReplyPolicy = .standard, _ body: (SQLiteLog) throws -> Outcome
  ) throws -> Outcome {
    try inFolder { folder in
      let settings = try settings()
      let kept = folder.appending(path: "log.sqlite").path
      let lines = try EventFile.read(file, timed: true)
      var rules = try Rulebook(settings)
      rules.policy = policy
      let replay = Replay(rules: rules, settings: settings, logger: logger)
      _ = try replay.run(lines, until: until?.instant, keepingLog: kept)
      let end = until?.instant ?? lines.compactMap { $0.event.time?.instant }.max() ?? .distantPast
      let log = SQLiteLog.Settings(path: kept, prefix: settings.topicPrefix, logger: logger, now: { end })
      return try body(try SQLiteLog(log))
    }
  }

  private static func inFolder<Outcome>(_ body: (URL) throws -> Outcome) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "huiyin-verification-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static let replayed = Result<Contents, any Error> {
    try replay(try events(), until: try time("2026-03-20T18:00:00+08:00")) { try Contents(of: $0) }
  }

  /// What the log holds when all that was played.
  static func goodLog() throws -> Contents { try replayed.get() }
}
