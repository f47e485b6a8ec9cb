import EventLog
import Streams
import Testing
import TwoStages

/// Lets every single call to the log fail in every way in which it can while keys are revised under new rules.
struct RulesFailureTests {
  private static let keys = (0..<11).map { "key-\($0)" }

  /// What must be the same whatever fails: which revisions there were of each key, in order, and what was handled.
  private struct Result: Equatable {
    var revisions: [String: [String]] = [:]
    var handled: [String: Int] = [:]
    var notes: [String: Int] = [:]
    var deadLetters = 0
    var isSwept = false
  }

  /// Two sweeps, each with fresh records among it; the second is over before the worker ends.
  private static func run(
    snapshots: Bool = false, _ plan: @escaping FaultyLog.Plan
  ) throws -> (result: Result, calls: [FaultyLog.Call]) {
    let scene = try Scene(partitions: 2)
    let folder = snapshots ? try TemporaryFolder() : nil
    for key in keys { try scene.publish(key, "note first") }
    let calls = CallList()
    var isDone = false
    for word in ["one", "two"] {
      scene.log.plan { call, number in
        calls.append(call)
        return plan(call, calls.all.count - 1)
      }
      try scene.publish(rules: word)
      for key in keys { try scene.publish(key, "say-rules fresh") }
      let worker = scene.worker {
        $0.idleWait = .zero
        $0.batch.records = 5
        $0.revisionsPerBatch = 2
        $0.restoreChunk.records = 3
        $0.backOff = .zero ... .zero
        $0.snapshots = folder?.path
        $0.snapshotEvery = 1
      }
      let stop = StopSignal()
      scene.log.stopWhenIdle(stop)
      try worker.run(until: stop)
      isDone = worker.status.current.toRevise == 0
    }
    scene.log.plan { _, _ in nil }
    var result = Result()
    for record in try scene.contents.records(of: "out").map(\.record) {
      let key = record.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
      let text = record.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
      if text.hasPrefix(key) { result.revisions[key, default: []].append(text) }
      if text.hasPrefix("fresh") { result.handled[text, default: 0] += 1 }
    }
    for value in try scene.state().values {
      let text = String(decoding: value, as: UTF8.self)
      for word in ["first", "\"given+one\"", "\"given+two\""] where text.contains(word) {
        result.notes[word, default: 0] += 1
      }
    }
    result.deadLetters = try scene.deadLetters().count
    let sweeps = try scene.contents.records(of: "script-changelog").filter { $0.record.key == [4] }
    result.isSwept =
      isDone
      && (0..<2).allSatisfy { number in
        sweeps.last { $0.partition.partition == number }.map { $0.record.value == nil } ?? false
      }
    return (result, calls.all)
  }

  @Test func `the undisturbed run is what it should be`() throws {
    let (result, calls) = try Self.run { _, _ in nil }
    #expect(result.isSwept)
    #expect(result.revisions.count == Self.keys.count)
    for (key, revisions) in result.revisions {
      #expect(revisions == ["\(key) under given+one", "\(key) under given+two"])
    }
    #expect(result.handled == ["fresh by given+one": Self.keys.count, "fresh by given+two": Self.keys.count])
    #expect(result.notes.values.allSatisfy { $0 == Self.keys.count } && result.notes.count == 3)
    #expect(calls.count { $0 == .commit } >= 15, "\(calls.count) calls")
  }

  @Test(arguments: FailureInjectionTests.Way.allCases)
  func `after any single failure every key was revised once for each rules`(way: FailureInjectionTests.Way) throws {
    let (wanted, calls) = try Self.run { _, _ in nil }
    var failures = 0
    for (step, call) in calls.enumerated() where way.applies(to: call) {
      let (result, _) = try Self.run { call, number in
        call == .leave && way != .unheard || call == .committed && way != .unknownOutcome
          ? nil : way.fault(at: number - step)
      }
      failures += 1
      #expect(result == wanted, "\(way.rawValue) at step \(step), \(call.rawValue)")
    }
    #expect(failures >= 2, "of \(calls.count)")
  }

  @Test func `after any restart with snapshots every key was revised once for each rules`() throws {
    let (wanted, calls) = try Self.run { _, _ in nil }
    for (step, call) in calls.enumerated() where [.commit, .committed, .leave].contains(call) {
      let way = call == .leave ? FailureInjectionTests.Way.unheard : .restart
      let (result, _) = try Self.run(snapshots: true) { _, number in way.fault(at: number - step) }
      #expect(result == wanted, "step \(step), \(call.rawValue)")
    }
  }

  @Test(arguments: 1...8)
  func `a snapshot keeps the rules and how far their sweep has come`(steps: Int) throws {
    let folder = try TemporaryFolder()
    let scene = try Scene()
    for key in Self.keys { try scene.publish(key, "note first") }
    try scene.publish(rules: "one")
    let worker = scene.worker {
      $0.snapshots = folder.path
      $0.revisionsPerBatch = 2
    }
    for _ in 0..<steps { try worker.step(wait: .zero) }
    worker.finish()
    scene.log.plan { _, _ in nil }
    let next = scene.worker("two") { $0.snapshots = folder.path }
    try scene.settle(next)
    if steps > 2 { #expect(scene.log.recordsRead == 0) }
    try scene.publish(Self.keys[0], "say-rules still")
    try scene.settle(next)
    let keys = Self.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(try scene.out() == keys.map { "\($0) under given+one" } + ["still by given+one"])
  }
}
