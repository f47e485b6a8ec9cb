import EventLog
import Streams
import Synchronization
import Testing
import Time
import TwoStages

struct UnknownOutcomeTests {
  private static let unknown = LogError(.unknownOutcome, "the answer never came", recovery: .restart)

  /// Every second commit's answer is lost, whether it took place or not.
  @Test(arguments: [FaultyLog.Call.committed, .commit])
  func `whether a commit of unknown outcome took place or not, nothing is lost or doubled`(
    call: FaultyLog.Call
  ) throws {
    let scene = try Scene(partitions: 2)
    for number in 0..<60 {
      let key = number % 6
      try scene.publish("key-\(key)", "note n\(number);emit \(number);set alarm-\(number) 1 \(1000 + number)")
    }
    try scene.publish("key-0", "reject;emit parked")
    let commits = Mutex(0)
    scene.log.plan { made, _ in
      guard made == call else { return nil }
      return commits.withLock { commits in
        commits += 1
        return commits % 2 == 0 ? .error(Self.unknown) : nil
      }
    }
    func work() throws {
      let stop = StopSignal()
      scene.log.stopWhenIdle(stop)
      try scene.worker {
        $0.idleWait = .zero
        $0.batch.records = 7
        $0.timersPerBatch = 7
      }.run(until: stop)
    }
    try work()
    scene.clock.advance(by: .seconds(5))
    try work()
    scene.script.fault.set(false)
    try scene.retry()
    try work()
    #expect(commits.withLock { $0 } > 15)
    for key in 0..<6 {
      let numbers = stride(from: key, to: 60, by: 6)
      let fired = numbers.map { "alarm-\($0) 1 late \(4000 - $0)" }
      #expect(try scene.out("key-\(key)") == numbers.map(String.init) + fired + (key == 0 ? ["parked"] : []))
    }
    #expect(try scene.deadLetters().map(\.status) == [.retried])
    #expect(try scene.state().count == 6)
  }
}
