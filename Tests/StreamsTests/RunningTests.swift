import EventLog
import Streams
import Synchronization
import Testing
import Time
import TwoStages

struct RunningTests {
  private static let trouble = LogError(.unreachable, "the broker is away", recovery: .retry)

  @Test func `trouble that may pass is waited out with growing pauses`() throws {
    let scene = try Scene()
    try scene.publish("a", "emit a0")
    let stop = StopSignal()
    let worker = scene.worker { $0.idleWait = .zero }
    let times = Mutex<[ContinuousClock.Instant]>([])
    let phases = Mutex<[WorkerStatus.Report.Phase]>([])
    let status = worker.status
    scene.log.stopWhenIdle(stop)
    scene.log.plan { call, _ in
      guard call == .poll else { return nil }
      let count = times.withLock { times in
        times.append(.now)
        return times.count
      }
      phases.withLock { $0.append(status.current.phase) }
      return count <= 6 ? .error(Self.trouble) : nil
    }
    try worker.run(until: stop)
    let polls = times.withLock { $0 }
    let pauses = zip(polls, polls.dropFirst()).map { $1 - $0 }.prefix(6)
    for (pause, wanted) in zip(pauses, [1, 2, 4, 8, 8, 8]) { #expect(pause >= .milliseconds(wanted)) }
    #expect(phases.withLock { $0[1] } == .waiting("the broker is away"))
    #expect(try scene.out() == ["a0"])
    // The member was never given up.
    #expect(scene.log.calls.count { $0 == .join } == 1)
    #expect(worker.status.current.phase == .stopped)
    #expect(worker.status.notLive == nil)
  }

  @Test func `a member of no more use is replaced, and all that isn't in the log forgotten`() throws {
    let scene = try Scene()
    for number in 0..<5 { try scene.publish("a", "note n\(number);emit \(number)") }
    let stop = StopSignal()
    let worker = scene.worker {
      $0.idleWait = .zero
      $0.batch.records = 2
    }
    scene.log.stopWhenIdle(stop)
    let polls = Mutex(0)
    scene.log.plan { call, _ in
      guard call == .poll else { return nil }
      let count = polls.withLock { polls in
        polls += 1
        return polls
      }
      return count % 3 == 0 && count < 20
        ? .error(LogError(.other, "something broke", recovery: .restart)) : nil
    }
    try worker.run(until: stop)
    #expect(try scene.out() == (0..<5).map(String.init))
    let calls = scene.log.calls
    #expect(calls.count { $0 == .join } == 7)
    #expect(calls.count { $0 == .leave } == 7)
  }

  @Test func `what no repetition helps ends the worker, and it says why`() throws {
    let scene = try Scene()
    let worker = scene.worker()
    scene.log.plan { call, _ in
      call == .poll ? .error(LogError(.fenced, "another has this id", recovery: .stop)) : nil
    }
    #expect(throws: LogError(.fenced, "another has this id", recovery: .stop)) {
      try worker.run(until: StopSignal())
    }
    #expect(worker.status.notLive == "script failed: another has this id")
    #expect(worker.status.notReady(at: scene.clock.now) == "script failed: another has this id")
    #expect(scene.log.calls.last == .leave)
  }

  @Test func `a batch given up is begun anew at once, but not without end`() throws {
    let scene = try Scene()
    try scene.publish("a", "emit a0")
    let stop = StopSignal()
    let worker = scene.worker { $0.idleWait = .zero }
    scene.log.stopWhenIdle(stop)
    let times = Mutex<[ContinuousClock.Instant]>([])
    scene.log.plan { call, _ in
      guard call == .commit else { return nil }
      let count = times.withLock { times in
        times.append(.now)
        return times.count
      }
      return count <= 4 ? .error(LogError(.other, "aborted", recovery: .abort)) : nil
    }
    try worker.run(until: stop)
    let commits = times.withLock { $0 }
    #expect(commits.count == 5)
    #expect(commits[4] - commits[1] >= .milliseconds(2 + 4 + 8))
    #expect(try scene.out() == ["a0"])
    #expect(scene.log.calls.count { $0 == .join } == 1)
  }

  @Test func `pauses grow, too, where only commits fail`() throws {
    let scene = try Scene()
    try scene.publish("a", "emit a0")
    let stop = StopSignal()
    scene.log.stopWhenIdle(stop)
    let times = Mutex<[ContinuousClock.Instant]>([])
    scene.log.plan { call, _ in
      guard call == .commit else { return nil }
      let count = times.withLock { times in
        times.append(.now)
        return times.count
      }
      return count <= 4 ? .error(LogError(.other, "the disk is broken", recovery: .restart)) : nil
    }
    try scene.worker { $0.idleWait = .zero }.run(until: stop)
    let commits = times.withLock { $0 }
    #expect(commits.count == 5)
    let pauses = zip(commits, commits.dropFirst()).map { $1 - $0 }
    for (pause, wanted) in zip(pauses, [1, 2, 4, 8]) { #expect(pause >= .milliseconds(wanted)) }
    #expect(try scene.out() == ["a0"])
  }

  @Test func `a topic that is still missing is waited for`() throws {
    let scene = try Scene()
    let stop = StopSignal()
    let inner = scene.inner
    let tries = Mutex(0)
    scene.log.stopWhenIdle(stop)
    scene.log.plan { call, _ in
      guard call == .topics else { return nil }
      let count = tries.withLock { tries in
        tries += 1
        return tries
      }
      if count == 3 { _ = try? inner.create(TwoStages.topics()) }
      return nil
    }
    let worker = scene.worker(TallyProcessor()) { $0.idleWait = .zero }
    try worker.run(until: stop)
    #expect(tries.withLock { $0 } == 3)
    #expect(scene.log.calls.count { $0 == .join } == 1)
  }

  @Test func `a member that could not be had leaves nothing behind`() throws {
    let scene = try Scene()
    let stop = StopSignal()
    scene.log.stopWhenIdle(stop)
    let first = Once()
    scene.log.plan { call, _ in
      call == .identity && first.take() ? .error(Self.trouble) : nil
    }
    try scene.worker { $0.idleWait = .zero }.run(until: stop)
    // Whoever joins, leaves.
    let calls = scene.log.calls
    #expect(calls.count { $0 == .join } == calls.count { $0 == .leave })
  }

  @Test func `a stop signal ends a wait for the log at once`() throws {
    let scene = try Scene()
    let stop = StopSignal()
    let worker = scene.worker { $0.backOff = .seconds(600) ... .seconds(600) }
    scene.log.plan { call, _ in
      if call == .poll { stop.set() }
      return call == .poll ? .error(Self.trouble) : nil
    }
    try worker.run(until: stop)
    #expect(worker.status.current.phase == .stopped)
  }

  @Test func `trouble in a restore loses no record of another partition`() throws {
    let scene = try Scene(partitions: 2)
    let limit = BatchLimit(records: 1, bytes: 1)
    let other = try scene.inner.join(Membership(group: "script", topics: ["in"], member: "other"))
    let worker = scene.worker()
    _ = try worker.step(wait: .zero)
    _ = try other.poll(for: .zero, limit: limit, paused: [])
    try scene.settle(worker)
    #expect(worker.status.current.partitions == 1)
    for number in 0..<20 { try scene.publish("key-\(number)", "emit \(number)") }
    other.leave()
    scene.log.plan { call, number in
      [.bounds, .read].contains(call) && number < 5 ? .error(Self.trouble) : nil
    }
    for _ in 0..<10 {
      do throws(LogError) { try worker.step(wait: .zero) } catch { #expect(error == Self.trouble) }
    }
    try scene.settle(worker)
    #expect(try scene.out().count == 20)
  }
}
