import Cases
import Testing
import Time
import Tracking

/// Who may give which command.
struct RightsTests {
  private static let owner = Actor(role: .department, id: "d-1")
  private static let stranger = Actor(role: .department, id: "d-9")
  private static let supervisor = Actor(role: .supervisor, id: "office")
  private static let citizen = Actor(role: .citizen, id: "c")
  private static let watching = Actor(role: .station, id: "s-1")

  /// In which a command makes sense.
  private static func stage(_ kind: CaseCommand.Kind) -> CaseStage {
    switch kind {
    case .sign: .assigned
    case .resume: .paused
    case .unmerge: .merged
    case .rate, .recordDelivery, .reopen, .close: .replied
    case .review: .closed
    default: .signed
    }
  }

  private func isAllowed(_ kind: CaseCommand.Kind, _ actor: Actor) -> Bool {
    let rights = CaseRights(owner: "d-1", offered: kind == .sign ? "d-1" : nil, supervisor: "s-1")
    return rights.refusal(of: kind, by: actor) == nil
  }

  @Test(arguments: CaseCommand.Kind.allCases)
  func `an administrator and the pipeline may all`(kind: CaseCommand.Kind) {
    #expect(isAllowed(kind, Actor(role: .administrator, id: "root")))
    #expect(isAllowed(kind, Actor(role: .system, id: "relay")))
  }

  @Test(arguments: [
    CaseCommand.Kind.open, .recordDelivery, .recordSimilar, .recordMerged, .recordUnmerged, .grantSupervision, .rate,
  ])
  func `nobody who has signed in speaks for the pipeline, or rates their own answer`(kind: CaseCommand.Kind) {
    for actor in [Self.owner, Self.watching, Self.supervisor] { #expect(!isAllowed(kind, actor)) }
  }

  @Test(arguments: [CaseCommand.Kind.reply, .return, .transfer, .requestExtension, .coHandle])
  func `only the owner handles it`(kind: CaseCommand.Kind) {
    #expect(isAllowed(kind, Self.owner))
    for other in [Self.stranger, Self.supervisor, Self.citizen, Self.watching] { #expect(!isAllowed(kind, other)) }
  }

  @Test(arguments: [CaseCommand.Kind.assign, .extend, .denyExtension, .review, .close])
  func `nobody decides on their own request`(kind: CaseCommand.Kind) {
    #expect(!isAllowed(kind, Self.owner))
    #expect(isAllowed(kind, Self.supervisor))
    #expect(isAllowed(kind, Self.watching))
    #expect(!isAllowed(kind, Self.citizen))
  }

  @Test func `a department can't turn a citizen away, a station that has it can`() {
    #expect(!isAllowed(.refuse, Self.owner))
    let station = CaseRights(owner: "s-5")
    #expect(station.refusal(of: .refuse, by: Actor(role: .station, id: "s-5")) == nil)
    #expect(station.refusal(of: .refuse, by: Actor(role: .station, id: "s-6")) != nil)
  }

  @Test func `a citizen may rate, ask for it to be taken up again and be forgotten, and nothing else of people's`() {
    let human = CaseCommand.Kind.allCases.filter { CaseRights.needsActor($0) && isAllowed($0, Self.citizen) }
    #expect(Set(human) == [.reopen, .erase])
    #expect(isAllowed(.rate, Self.citizen))
  }

  @Test func `only a supervisor makes it a key supervision`() {
    #expect(isAllowed(.supervise, Self.supervisor))
    for other in [Self.owner, Self.watching, Self.citizen] { #expect(!isAllowed(.supervise, other)) }
  }

  @Test func `only whom it is offered to signs for it`() {
    let rights = CaseRights(owner: "d-1", offered: "d-2")
    #expect(rights.refusal(of: .sign, by: Actor(role: .department, id: "d-2")) == nil)
    #expect(rights.refusal(of: .sign, by: Self.owner) == "only the one it is offered to may, and this is a department")
  }

  @Test func `an id that happens to be an owner's gives a supervisor or a citizen no right of theirs`() {
    #expect(!isAllowed(.reply, Actor(role: .citizen, id: "d-1")))
    #expect(!isAllowed(.reply, Actor(role: .supervisor, id: "d-1")))
    #expect(!isAllowed(.extend, Actor(role: .department, id: "s-1")))
  }

  @Test(arguments: CaseCommand.Kind.allCases.filter(CaseRights.needsActor))
  func `track refuses a stranger, and says who it was`(kind: CaseCommand.Kind) throws {
    var bench = Life.bench(in: Self.stage(kind))
    bench.give(kind, as: Self.stranger)
    guard case .refusedCommand(let refused) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(refused.by != nil)
    #expect(refused.reason.hasSuffix("and this is a department"))
  }

  @Test(arguments: CaseCommand.Kind.allCases)
  func `a policy can refuse what doesn't say in which capacity it is given`(kind: CaseCommand.Kind) {
    var bench = Life.bench(in: Self.stage(kind))
    bench.processor = TrackProcessor(
      calendar: .builtIn, policy: Samples.policy("strict") { $0.requiresActor = true })
    bench.give(kind)
    #expect(
      (bench.refusal == "it does not say in which capacity it is given") == CaseRights.needsActor(kind))
  }
}
