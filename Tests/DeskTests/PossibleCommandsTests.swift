import Cases
import EventLog
import Streams
import Testing
import Time
import Tracking

/// What a case says may be done with it, held against what `track` refuses.
struct PossibleCommandsTests {
  /// One case, as `track` keeps it and as its events tell it.
  private struct Life {
    var state: CaseState?
    var summary: CaseSummary?
    var count: Int64 = 0

    static let now = Instant(milliseconds: 1_780_279_200_000)
    static let id = "c1"

    static func track() throws -> TrackProcessor {
      let policy = try ReplyPolicy(version: "p") { policy in
        policy.pause = 10
        policy.ratingDays = 7
      }
      return TrackProcessor(calendar: .builtIn, policy: policy)
    }

    /// - Returns: the events that it led to.
    mutating func give(_ command: CaseCommand, _ track: TrackProcessor) throws -> [CaseEvent] {
      count += 1
      let envelope = CloudEvent(
        id: "command-\(count)", source: "/test", type: command.type, subject: Self.id, time: GivenTime(Self.now),
        data: command.data)
      let record = StoredRecord(
        partition: TopicPartition(Topics.commands, 0), offset: count, timestamp: Self.now,
        record: envelope.record(key: Array(Self.id.utf8)))
      var events: [CaseEvent] = []
      for case .emit(Topics.cases, let record) in try track.process(
        try track.decode(record), state: &state, at: Self.now)
      {
        let envelope = try CloudEvent(record)
        let event = try CaseEvent(type: envelope.type, data: envelope.data)
        if summary == nil {
          summary = CaseSummary(id: try #require(CaseID(Self.id)), first: event)
        } else {
          summary?.fold(event, at: envelope.time)
        }
        events.append(event)
      }
      return events
    }
  }

  private static let department = Owner(id: "zj", kind: .department, name: "住建局")
  private static let station = Owner(id: "st", kind: .station, name: "柳河站")
  private static let watching = Owner(id: "lh", kind: .station, name: "总站")

  /// - Parameter owner: a department, or a station: which of them it is decides what it may.
  private static func life(in stage: CaseStage, owner: Owner, _ track: TrackProcessor) throws -> Life {
    var life = Life()
    let received = GivenTime(Life.now)
    let open = CaseCommand.Open(
      submission: Submission(
        opinion: OpinionReference(source: "/test", id: "o"), received: received, recorded: received, historic: false,
        statement: Statement(Opinion(channel: "web", text: "路灯坏了"))),
      classification: Classification(category: "城乡建设", confidence: 0.9, why: [], version: "1"),
      assignment: Assignment(owner: owner, reason: "x", directory: "d", supervisor: watching))
    _ = try life.give(.open(open), track)
    let before: [CaseCommand.Kind] =
      switch stage {
      case .assigned: []
      case .signed: [.sign]
      case .paused: [.sign, .pause]
      case .merged: [.sign, .merge]
      case .replied: [.sign, .reply]
      case .closed: [.sign, .reply, .recordDelivery, .close]
      }
    for kind in before { _ = try life.give(try command(kind, nil), track) }
    #expect(life.summary?.stage == stage)
    return life
  }

  private static func command(_ kind: CaseCommand.Kind, _ actor: Actor?) throws -> CaseCommand {
    let order = CaseCommand.Order(by: "某人", actor: actor, reason: "因为")
    let other = try #require(CaseID("other"))
    return switch kind {
    case .assign:
      .assign(
        CaseCommand.Assign(
          assignment: Assignment(owner: station, reason: "x", directory: "d"), because: .decided, by: "某人", actor: actor
        ))
    case .sign: .sign(order)
    case .reply: .reply(CaseCommand.Reply(by: "某人", actor: actor, method: .phone, text: "好"))
    case .refuse: .refuse(CaseCommand.Refuse(by: "某人", actor: actor, reason: "诉讼"))
    case .transfer: .transfer(CaseCommand.Transfer(by: "某人", actor: actor, reason: "x", to: "sw"))
    case .return: .return(order)
    case .coHandle: .coHandle(CaseCommand.CoHandle(by: "某人", actor: actor, with: ["sw"]))
    case .escalate: .escalate(CaseCommand.Escalate(by: "某人", actor: actor, reason: "x"))
    case .raise: .raise(order)
    case .supervise: .supervise(CaseCommand.Supervise(by: "某人", actor: actor, leader: "张"))
    case .requestExtension:
      .requestExtension(CaseCommand.RequestExtension(by: "某人", actor: actor, reason: "x", workingDays: 1))
    case .extend: .extend(CaseCommand.Extend(by: "某人", actor: actor, workingDays: 1))
    case .denyExtension: .denyExtension(order)
    case .pause: .pause(order)
    case .resume: .resume(order)
    case .merge: .merge(CaseCommand.Merge(by: "某人", actor: actor, into: other))
    case .unmerge: .unmerge(CaseCommand.Unmerge(by: "某人", actor: actor))
    case .recordDelivery:
      .recordDelivery(CaseCommand.RecordDelivery(feedback: "c1.5.0", channel: "web", result: .delivered))
    case .reopen: .reopen(order)
    case .review: .review(CaseCommand.Review(by: "某人", actor: actor, upheld: true))
    case .close: .close(order)
    case .correctCategory: .correctCategory(CaseCommand.CorrectCategory(by: "某人", actor: actor, category: "水利"))
    case .erase: .erase(order)
    case .disclose: .disclose(order)
    case .open, .grantSupervision, .recordMerged, .recordUnmerged, .recordSimilar, .rate:
      .rate(CaseCommand.Rate(satisfaction: .fair))
    }
  }

  private static let actors = [
    Actor(role: .department, id: "zj"), Actor(role: .department, id: "sw"), Actor(role: .station, id: "st"),
    Actor(role: .station, id: "lh"), Actor(role: .deputy, id: "d1"), Actor(role: .supervisor, id: "duban"),
    Actor(role: .administrator, id: "root"), Actor(role: .citizen, id: "c"), Actor(role: .system, id: "relay"),
  ]

  /// Reasons that the stage or the rights give; all others are of the command's own rule.
  private static func isOfStageOrRights(
    _ reason: String, _ kind: CaseCommand.Kind, in stage: CaseStage
  ) -> Bool {
    if case .refused(reason) = CaseLife.outcome(of: kind, in: stage) { return true }
    return reason.hasPrefix("only ") && reason.contains(" may, and this is ")
  }

  @Test(arguments: CaseStage.allCases, [department, station])
  func `just what track refuses neither for the stage nor for who asks is possible`(
    stage: CaseStage, owner: Owner
  ) throws {
    let track = try Life.track()
    let life = try Self.life(in: stage, owner: owner, track)
    for actor in Self.actors {
      let possible = try #require(life.summary).possibleCommands(for: actor)
      for kind in CaseCommand.Kind.allCases where CaseRights.needsActor(kind) {
        var copy = life
        let events = try copy.give(try Self.command(kind, actor), track)
        let isRefused = events.contains { event in
          guard case .refusedCommand(let refused) = event else { return false }
          return Self.isOfStageOrRights(refused.reason, kind, in: stage)
        }
        #expect(possible.contains(kind) == !isRefused, "\(stage) \(actor.role) \(actor.id) \(kind)")
      }
    }
  }

  @Test func `what the pipeline and the citizen say is nobody's at a desk`() throws {
    let track = try Life.track()
    for stage in CaseStage.allCases {
      let summary = try #require(try Self.life(in: stage, owner: Self.department, track).summary)
      for actor in Self.actors {
        let possible = Set(summary.possibleCommands(for: actor))
        #expect(
          possible.isDisjoint(with: [
            .open, .rate, .recordDelivery, .recordMerged, .recordSimilar, .recordUnmerged, .grantSupervision,
          ]))
      }
    }
  }

  @Test func `nothing can be done as long as nobody answers for it`() throws {
    let track = try Life.track()
    var summary = try #require(try Self.life(in: .assigned, owner: Self.department, track).summary)
    summary.owner = nil
    for actor in Self.actors { #expect(summary.possibleCommands(for: actor).isEmpty) }
  }
}
