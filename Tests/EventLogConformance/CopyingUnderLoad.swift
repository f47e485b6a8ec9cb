import EventLog
import Synchronization

/// Copies `in` to `out` in small transactions, on one thread, then three, then one again.
struct CopyingUnderLoad {
  private static let slice = 1000
  private static let keys = 50

  private let trial: Trial

  init(_ home: any LogHome) throws {
    trial = try Trial(home)
  }

  func run() throws {
    let log = trial.log
    let first = Switch()
    let others = [Switch(), Switch()]
    try publish(slice: 0)
    let one = Background { try Self.copy("one", in: log, until: first) }
    defer { first.stop(); for other in others { other.stop() } }
    try wait(forOutputs: Self.slice / 2)
    let rest = zip(["two", "three"], others).map { name, other in
      Background { try Self.copy(name, in: log, until: other) }
    }
    try publish(slice: 1)
    let deadline = Deadline()
    while !others.allSatisfy(\.hasCommitted) {
      try deadline.check("the two others take part")
      if try trial.contents(of: "out").count >= Self.slice * 2 { try trial.publish([Trial.output("in", nil, nil)]) }
    }
    try publish(slice: 2)
    for other in others { other.stop() }
    for other in rest { try other.join() }
    try wait(forOutputs: Self.slice * 3)
    first.stop()
    try one.join()
    try check()
  }

  private func publish(slice: Int) throws {
    for start in stride(from: slice * Self.slice, to: (slice + 1) * Self.slice, by: 100) {
      try trial.publish((start..<start + 100).map { Trial.output("in", "key-\($0 % Self.keys)", "\($0)") })
    }
  }

  private func wait(forOutputs count: Int) throws {
    let deadline = Deadline()
    while try trial.contents(of: "out").count(where: { $0.record.key != nil }) < count {
      try deadline.check("\(count) outputs")
    }
  }

  private func check() throws {
    let records = try trial.contents(of: "out").filter { $0.record.key != nil }
    var numbers: [[UInt8]: [Int]] = [:]
    for record in records { numbers[record.record.key ?? [], default: []].append(Int(record.record.text) ?? -1) }
    try expect(numbers.count, is: Self.keys, "keys")
    for key in 0..<Self.keys {
      let wanted = Array(stride(from: key, to: Self.slice * 3, by: Self.keys))
      try expect(numbers[Array("key-\(key)".utf8)] ?? [], is: wanted, "outputs of key-\(key)")
    }
  }

  private static func copy(_ name: String, in log: any EventLog, until done: Switch) throws {
    let follower = Follower(
      try retrying { try log.join(Membership(group: "group", topics: ["in"], member: name)) }, from: ["in"])
    while !done.isStopped {
      try retrying { try follower.poll(limit: BatchLimit(records: 7, bytes: 1 << 20)) }
      if follower.records.isEmpty { continue }
      let outcome = follower.outcome()
      if case .committed = try retrying({ try follower.commit(outcome) }) { done.committed() }
    }
    follower.member.leave()
  }

  /// A busy log is no failure: the call is repeated.
  @discardableResult
  private static func retrying<Result>(_ call: () throws -> Result) throws -> Result {
    let deadline = Deadline()
    while true {
      do {
        return try call()
      } catch let error as LogError where error.recovery == .retry {
        try deadline.check(error.reason)
      }
    }
  }
}

/// Tells a copying thread when to stop, and the one who waits for it that it has begun.
private final class Switch: Sendable {
  private let state = Mutex((stopped: false, committed: false))

  var isStopped: Bool { state.withLock { $0.stopped } }
  var hasCommitted: Bool { state.withLock { $0.committed } }

  func stop() { state.withLock { $0.stopped = true } }
  func committed() { state.withLock { $0.committed = true } }
}
