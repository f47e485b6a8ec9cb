import Cases
import EventLog
import Streams
import Testing
import Time
import Tracking

/// 重点督办: a named leader, and about twenty a year.
struct QuotaTests {
  /// Plays relay and quota for one event of a case.
  private func answer(
    _ bench: inout Bench, _ id: String, _ year: inout [String: QuotaProcessor.State]
  ) throws {
    let emitted = try bench.last(id)
    let envelope = CloudEvent(
      id: emitted.id, source: Sources.track, type: emitted.event.type, subject: id, time: emitted.time,
      extensions: [:], data: emitted.event.data)
    func stored(_ record: Record, _ topic: String) -> StoredRecord {
      StoredRecord(partition: TopicPartition(topic, 0), offset: 0, timestamp: bench.now, record: record)
    }
    let relay = RelayProcessor()
    var nothing: Never?
    let asked = relay.process(
      try relay.decode(stored(envelope.record(key: Array(id.utf8)), Topics.cases)), state: &nothing, at: bench.now)
    guard case .emit(Topics.quotas, let ask) = asked.first else { return #expect(Bool(false)) }
    let quota = QuotaProcessor()
    let key = String(decoding: ask.key ?? [], as: UTF8.self)
    var state = year[key]
    let granted = quota.process(try quota.decode(stored(ask, Topics.quotas)), state: &state, at: bench.now)
    year[key] = state
    guard case .emit(Topics.commands, let grant) = granted.first else { return #expect(Bool(false)) }
    bench.read(grant)
  }

  @Test func `the year's are numbered, and the one too many is told why not`() throws {
    var bench = Bench(policy: Samples.policy("two") { $0.keySupervisions = 2 })
    var years: [String: QuotaProcessor.State] = [:]
    for id in ["a", "b", "c"] {
      bench.open(id)
      bench.give(.supervise(CaseCommand.Supervise(by: "督办室", leader: "张副主任")), to: id)
      #expect(bench.names(id).last == "supervision-requested")
      try answer(&bench, id, &years)
    }
    #expect(try bench.summary("a").keySupervision?.number == 1)
    #expect(try bench.summary("b").keySupervision?.number == 2)
    #expect(try bench.summary("b").keySupervision?.leader == "张副主任")
    guard case .supervisionDenied(let denied) = try bench.last("c").event else { return #expect(Bool(false)) }
    #expect(denied.reason == "the year's 2 key supervisions have been given out")
    #expect(try bench.summary("c").keySupervision == nil)
  }

  @Test func `a new year counts anew`() throws {
    var bench = Bench(policy: Samples.policy("one") { $0.keySupervisions = 1 }, now: "12-31T10:00")
    var years: [String: QuotaProcessor.State] = [:]
    for (id, moment) in [("a", "12-31T11:00"), ("b", "2027-01-01T01:00")] {
      bench.open(id)
      bench.pass(to: moment)
      bench.give(.supervise(CaseCommand.Supervise(by: "督办室", leader: "张副主任")), to: id)
      try answer(&bench, id, &years)
    }
    #expect(try bench.summary("b").keySupervision?.number == 1)
  }

  @Test func `one that is or is to be a key supervision is not asked for again`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.supervise)
    bench.give(.supervise)
    #expect(bench.refusal == "it is already to be a key supervision")
    bench.give(.grantSupervision)
    bench.give(.supervise)
    #expect(bench.refusal == "it is a key supervision")
  }
}
