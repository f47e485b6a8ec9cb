import Assembly
import Cases
import EventLog
import Foundation
import Logging
import Streams
import Testing
import Time

/// `huiyin rules` and `huiyin directory apply`, as an operator gives them.
@Suite struct `Rules and directory by command` {
  private let folder: TemporaryFolder
  private let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    environment = ["HUIYIN_DATA": folder.path("data")]
    try FileManager.default.createDirectory(atPath: folder.path("data"), withIntermediateDirectories: true)
  }

  private func huiyin(_ arguments: String..., with more: [String: String] = [:]) throws -> Executables.Result {
    try Executables.run("huiyin", arguments, environment.merging(more) { $1 })
  }

  /// What lies in a topic, by partition.
  private func records(of topic: String) throws -> [[Record]] {
    let log = try LogHome.open(
      Settings(environment: environment), now: Program.wallClock, logger: Logger(label: "test"))
    let reader = try log.openReader()
    defer { reader.close() }
    return try (0..<4).map { number in
      try reader.read(
        from: [TopicPartition(topic, number): 0], for: .zero, limit: BatchLimit(records: 1000, bytes: 8 << 20)
      ).records.map(\.record)
    }
  }

  private func plan(_ version: String) throws -> String {
    try folder.write("version: \(version)\n2027-01-01 off 元旦\n", to: "\(version).plan")
  }

  @Test func `rules are written once into every partition of commands, and what isn't given stays`() throws {
    let policy = try folder.write("version: place-1\nreply: 5 working days\n", to: "policy.yaml")
    let first = try huiyin("rules", "apply", "--policy", policy)
    #expect(first.status == 0)
    #expect(first.output.contains("policy: place-1, before it \(ReplyPolicy.standard.version) (as the settings say)"))
    #expect(first.output.contains("calendar: \(WorkingCalendar.builtIn.version), as the settings say"))
    #expect(first.output.contains("written to 4 partitions of commands"))
    let second = try huiyin("rules", "apply", "--calendar", try plan("first"))
    #expect(second.output.contains("policy: place-1, as in force"))
    let again = try huiyin("rules", "apply", "--calendar", try plan("first"))
    #expect(again.output.contains("nothing was written"))
    for partition in try records(of: Topics.commands) {
      let rules = try partition.map { try CaseRules(json: try #require(RulesRecord($0)).rules) }
      #expect(rules.map(\.policy.version) == ["place-1", "place-1"])
      #expect(rules.map(\.policy.reply) == [.workingDays(5), .workingDays(5)])
      #expect(
        rules.map(\.calendar.version)
          == [WorkingCalendar.builtIn.version, WorkingCalendar.builtIn.version + "+first"])
    }
    let shown = try huiyin("rules", "show").output
    #expect(shown.split(separator: "\n").count == 4)
    #expect(shown.contains("coming: policy place-1, calendar \(WorkingCalendar.builtIn.version)+first"))
    #expect(try huiyin("verify").status == 0)
  }

  /// Asks for cases to be opened, in all partitions.
  private func open(_ ids: [String], received: GivenTime) throws {
    let log = try LogHome.open(
      Settings(environment: environment), now: Program.wallClock, logger: Logger(label: "test"))
    let publisher = try log.openPublisher(as: "test")
    defer { publisher.close() }
    let outputs = ids.map { id in
      let command = CaseCommand.open(
        CaseCommand.Open(
          submission: Submission(
            opinion: OpinionReference(source: "/test", id: id), received: received, recorded: received, historic: false,
            statement: Statement(Opinion(channel: "web", text: "路灯不亮"))),
          classification: Classification(category: "城乡建设", confidence: 0.9, why: [], version: "v"),
          assignment: Assignment(
            owner: Owner(id: "county", kind: .station, name: "县总站"), reason: "试", directory: "d")))
      let event = CloudEvent(
        id: id, source: "/test", type: command.type, subject: id, time: received, data: command.data)
      return Output(to: Topics.commands, event.record(key: Array(id.utf8)))
    }
    _ = try publisher.publish(outputs)
  }

  @Test func `open deadlines move in a running track-worker, each once, and a restart keeps to the rules`() throws {
    let received = Program.wallClock()
    let ids = (0..<40).map { "case-\($0)" }
    try open(ids, received: GivenTime(received))
    let processes = ProcessGroup()
    try processes.start(
      "track-worker", [], environment.merging(["HUIYIN_HTTP": "127.0.0.1:0"]) { $1 }, log: folder.path("1"))
    let policy = try folder.write("version: place-1\nreply: 5 working days\n", to: "policy.yaml")
    #expect(try huiyin("rules", "apply", "--policy", policy).status == 0)
    func shown() throws -> [Substring] { try huiyin("rules", "show").output.split(separator: "\n") }
    let wanted = "policy place-1, calendar \(WorkingCalendar.builtIn.version)"
    let end = ContinuousClock.now + .seconds(60)
    while try !shown().allSatisfy({ $0.hasSuffix("  \(wanted)") }), ContinuousClock.now < end {}
    #expect(try shown() == (0..<4).map { "commands/\($0)  \(wanted)" })
    #expect(processes.stop() == [0])
    try processes.start(
      "track-worker", [], environment.merging(["HUIYIN_HTTP": "127.0.0.1:0"]) { $1 }, log: folder.path("2"))
    #expect(try huiyin("rules", "apply", "--policy", policy).output.contains("nothing was written"))
    try open(["later"], received: GivenTime(received))
    var opened: [String: String] = [:]
    var moved: [String: [String]] = [:]
    while opened["later"] == nil, ContinuousClock.now < end {
      (opened, moved) = ([:], [:])
      for record in try records(of: Topics.cases).joined() {
        let event = try CloudEvent(record)
        let id = event.subject ?? ""
        switch try CaseEvent(type: event.type, data: event.data) {
        case .opened(let data): opened[id] = data.deadline.policy
        case .deadlineChanged(let change):
          moved[id, default: []].append("\(change.from.due) \(change.to.due) \(change.to.policy)")
        default: break
        }
      }
    }
    #expect(processes.stop() == [0])
    #expect(opened["later"] == "place-1")
    func due(_ days: Int) -> CalendarDate {
      WorkingCalendar.builtIn.deadline(received: received, workingDays: days).lastDay
    }
    #expect(moved == Dictionary(uniqueKeysWithValues: ids.map { ($0, ["\(due(7)) \(due(5)) place-1"]) }))
    #expect(try huiyin("dead-letters", "list").output == "")
  }

  @Test func `another policy under the same name is refused`() throws {
    let policy = try folder.write("version: place-1\nreply: 5 working days\n", to: "policy.yaml")
    #expect(try huiyin("rules", "apply", "--policy", policy).status == 0)
    let other = try folder.write("version: place-1\nreply: 4 working days\n", to: "other.yaml")
    let refused = try huiyin("rules", "apply", "--policy", other)
    #expect(refused.status == 1 && refused.errors.contains("place-1"))
    #expect(try records(of: Topics.commands).allSatisfy { $0.count == 1 })
  }

  @Test func `files that are wrong, and a dry run, write nothing`() throws {
    let bad = try folder.write("version: place-1\nreply: soon\n", to: "bad.yaml")
    let refused = try huiyin("rules", "apply", "--policy", bad)
    #expect(refused.status == 1 && refused.errors.contains("--policy") && refused.errors.contains("bad.yaml:2"))
    #expect(try huiyin("rules", "apply", "--calendar", folder.path("none")).errors.contains("can't be read"))
    #expect(try huiyin("rules", "apply").status != 0)
    #expect(try huiyin("rules", "apply", "--calendar", try plan("first"), "--dry-run").status == 0)
    #expect(try records(of: Topics.commands).allSatisfy(\.isEmpty))
    let stations = try folder.write(
      """
      stations:
        - {id: county, name: 县总站, level: county}
        - {id: a, name: 甲站, level: township, parent: nowhere}
      """, to: "stations.yaml")
    let wrong = try huiyin("directory", "apply", stations)
    #expect(
      wrong.status == 1 && wrong.errors.contains("stations.yaml:3") && wrong.errors.contains("nothing was written"))
    #expect(try records(of: Topics.directory).allSatisfy(\.isEmpty))
  }

  @Test func `a directory is shown by its changes, tried dry, written once, and replaced`() throws {
    func file(_ name: String, _ station: String) throws -> String {
      try folder.write(
        """
        version: \(name)
        stations:
          - {id: county, name: 县总站, level: county}
          - {id: \(station), name: \(station)站, level: township, parent: county}
        """, to: "\(name).yaml")
    }
    let first = try file("a", "east")
    let dry = try huiyin("directory", "apply", first, "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("added: station/east"))
    #expect(dry.output.contains("2 added, 0 changed, 0 removed; version a would follow none"))
    #expect(try records(of: Topics.directory).allSatisfy(\.isEmpty))
    #expect(try huiyin("directory", "apply", first).output.contains("version a is in force, before it none"))
    #expect(try huiyin("directory", "apply", first).output.contains("version a is in force already"))
    let second = try huiyin("directory", "apply", try file("b", "west"))
    #expect(second.output.contains("added: station/west") && second.output.contains("removed: station/east"))
    #expect(second.output.contains("version b is in force, before it a"))
    #expect(try records(of: Topics.directory).joined().count == 3 + 3)
    // Codes are made for the directory in force, whatever the settings name.
    #expect(try huiyin("codes", "create", "--station", "west").status == 0)
    #expect(try huiyin("codes", "create", "--station", "east").errors.contains("the directory has no station east"))
  }
}
