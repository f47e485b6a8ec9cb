import Assembly
import Cases
import EventLog
import HeapModule
import SQLiteLog
import Streams
import Time
import Verification

/// One run of a simulation: who does what when, and what comes of it.
final class Run {
  private struct Planned: Comparable {
    let action: Action
    let number: Int

    static func == (left: Planned, right: Planned) -> Bool { left.number == right.number }
    static func < (left: Planned, right: Planned) -> Bool {
      (left.action.time, left.number) < (right.action.time, right.number)
    }
  }

  private let pipeline: SteppedPipeline
  private let rules: Rulebook
  private let citizens: Citizens
  private let clerks: Clerks
  private let carriers: Carriers
  private let seed: UInt64
  private var watch: Watch
  private var queue = Heap<Planned>()
  private var planned = 0
  private var done: [Action] = []
  private var reader: any LogReader
  private var positions: [TopicPartition: Offset] = [:]
  /// The case that each owner signed for last.
  private var recent: [String: CaseID] = [:]
  /// Nobody begins anything new.
  private var isCalm = false
  /// Actions are given, and nobody reacts.
  private var isScripted = false

  init(_ pipeline: SteppedPipeline, seed: UInt64, rules: Rulebook) throws {
    self.pipeline = pipeline
    self.rules = rules
    self.seed = seed
    citizens = Citizens(seed: seed)
    clerks = Clerks(seed: seed, directory: rules.directory)
    carriers = Carriers(seed: seed)
    let year = TimeOffset.shanghai.date(of: pipeline.now).year
    watch = Watch(
      CountedDays(rules.calendar.allPlans, years: year - 1...year + 12), policy: rules.policy,
      county: rules.directory.county.id)
    reader = try pipeline.log.openReader()
    for topic in try pipeline.log.topics() where [Topics.cases, Topics.feedback].contains(topic.name) {
      for number in 0..<topic.partitions { positions[TopicPartition(topic.name, number)] = 0 }
    }
    try pipeline.settle()
  }

  deinit { reader.close() }

  var report: Simulation.Report {
    Simulation.Report(
      cases: watch.cases.count, events: watch.events, actions: done, failures: watch.failures, end: pipeline.now)
  }

  private var hasFailed: Bool { !watch.failures.isEmpty }

  // MARK: What happens

  /// Opinions, spread over so many days; some are sent twice.
  func populate(_ count: Int, days: Int) {
    for number in 0..<count {
      var chance = Chance(seed, "opinion", String(number))
      let caseID = CaseID(opinion: OpinionReference(source: "", id: ""), subject: "k\(number)")
      let time = pipeline.now + .seconds(chance.number(0...days * 96 - 1) * 900)
      let opinion = citizens.opinion(number, &chance)
      let action = Action.opinion(opinion, of: caseID, id: "o\(number)", at: time)
      plan(action)
      if chance.happens(20) {
        var again = action
        again.time = time + .seconds(chance.number(0...20) * 900)
        plan(again)
      }
    }
  }

  func play(_ actions: [Action]) {
    isScripted = true
    for action in actions { plan(action) }
  }

  private func plan(_ action: Action) {
    planned += 1
    queue.insert(Planned(action: action, number: planned))
  }

  /// Lets time pass until nothing is left to happen, or to that moment, or until a rule is broken.
  func live(until end: Instant, calmAfter calm: Instant?) throws {
    while !hasFailed {
      let action = queue.min?.action.time
      let timer = try pipeline.nextTimer()
      guard let next = [action, timer].compactMap({ $0 }).min(), next <= end else { break }
      if let calm, next >= calm { isCalm = true }
      try pipeline.advance(to: next)
      try perform()
    }
    guard !hasFailed, end < .distantFuture else { return }
    try pipeline.advance(to: end)
  }

  /// Does all that is to be done now.
  private func perform() throws {
    var outputs: [Output] = []
    while let first = queue.min, first.action.time <= pipeline.now {
      let action = queue.removeMin().action
      done.append(action)
      if action.topic == Topics.opinions { hide(action) }
      outputs.append(action.output)
    }
    if !outputs.isEmpty { try pipeline.publish(outputs) }
    try pipeline.settle()
    try observe()
    watch.settled(at: pipeline.now)
  }

  private func hide(_ action: Action) {
    guard let opinion = try? Opinion(data: action.event.data) else { return }
    let citizen = opinion.citizen
    watch.hide([citizen.id, citizen.name, citizen.phone].compactMap(\.self), in: action.caseID)
  }

  // MARK: What is seen of it

  private func observe() throws {
    while true {
      let chunk = try reader.read(from: positions, for: .zero, limit: BatchLimit(records: 5000, bytes: 16 << 20))
      let isDone = chunk.records.isEmpty
      // What was said of a case comes before what was made of it.
      for record in chunk.records where record.partition.topic == Topics.cases { try see(record) }
      for record in chunk.records where record.partition.topic == Topics.feedback { try seeFeedback(record) }
      positions.merge(chunk.positions) { $1 }
      if isDone { return }
    }
  }

  private func see(_ record: StoredRecord) throws {
    guard let (envelope, event, summary) = try watch.see(record), !isScripted else { return }
    let owner = summary.owner?.id ?? ""
    let actions =
      clerks.react(
        to: event, envelope.id, in: summary, beside: recent[owner], at: pipeline.now, calm: isCalm)
      + citizens.react(to: event, envelope.id, in: summary, at: pipeline.now, calm: isCalm)
    for action in actions { plan(action) }
    if case .signed = event { recent[owner] = summary.id }
  }

  private func seeFeedback(_ record: StoredRecord) throws {
    let (envelope, key) = try CloudEvent.keyed(record)
    guard let caseID = CaseID(key) else { throw Rejection("the key \(key) is no case id") }
    try watch.seeFeedback(record, envelope, of: caseID)
    guard !isScripted else { return }
    for action in try carriers.react(to: envelope, of: caseID, at: pipeline.now) { plan(action) }
  }

  // MARK: The end

  /// Whatever is open is answered by whoever has it, until all are closed.
  func runOut() throws {
    isCalm = true
    for round in 1...24 where !hasFailed {
      for summary in watch.open {
        let name = summary.owner?.name ?? "总站"
        let reply = CaseCommand.reply(CaseCommand.Reply(by: name, method: .phone, text: "年终清理，已办结"))
        plan(.command(reply, to: summary.id, id: "\(summary.id)/end-\(round)", at: pipeline.now))
      }
      try live(until: pipeline.now + .seconds(15 * 86_400), calmAfter: nil)
      if watch.areAllClosed, queue.isEmpty { break }
    }
    if !hasFailed { watch.end(at: pipeline.now) }
  }

  /// The log itself must pass what `huiyin verify` asks of any.
  func verify() throws {
    guard !hasFailed else { return }
    let report = try Verifier(pipeline.log, calendar: rules.calendar, policy: rules.policy).run()
    for violation in report.violations {
      let id = violation.caseID.flatMap { CaseID($0) }
      watch.fail("verify " + violation.invariant.rawValue, id, violation.sentence)
    }
  }
}
