import Cases
import Codes
import EventLog
import Synchronization
import Testing
import Time

struct CodeFollowerTests {
  private let log: TroubledLog
  private let keys: CodeKeys
  private let pauses = Pauses()
  private let follower: CodeFollower

  private final class Pauses: Sendable {
    private let all = Mutex<[Duration]>([])
    private let actions = Mutex<[@Sendable () -> Void]>([])
    var sum: Duration { all.withLock { $0.reduce(.zero, +) } }
    var count: Int { all.withLock { $0.count } }

    /// What happens during the next pause.
    func then(_ action: @escaping @Sendable () -> Void) { actions.withLock { $0.append(action) } }

    func add(_ duration: Duration) {
      all.withLock { $0.append(duration) }
      let action = actions.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      action?()
    }
  }

  init() throws {
    log = TroubledLog(try memoryLog())
    keys = try sampleKeys()
    follower = CodeFollower(log: log, keys: keys, pause: { [pauses] in pauses.add($0) }, logger: silent)
  }

  private func standing(_ code: Code) -> Scan.Standing {
    follower.scan(keys.token(code.kind, code.id).text, at: now).standing
  }

  @Test func `it waits for the topic to exist, says so, and knows all codes from then on`() throws {
    let code = try sampleCode()
    follower.run { pauses.count == 3 }
    #expect(follower.status == .init(isReady: false, codes: 0, trouble: "the topic codes does not exist yet"))
    #expect(standing(code) == .unknown)
    let log = log
    pauses.then {
      try? log.createCodes()
      try? log.publish(code.record)
    }
    follower.run { follower.status.isReady }
    #expect(follower.status == .init(isReady: true, codes: 1))
    #expect(standing(code) == .valid)
    #expect(log.openReaders == 0)
  }

  @Test func `an empty topic is read at once`() throws {
    try log.createCodes()
    follower.run { follower.status.isReady }
    #expect(follower.status == .init(isReady: true) && pauses.count == 0)
  }

  @Test func `it is ready when all that was there is read, and then takes in what comes`() throws {
    try log.createCodes()
    let subjects = (0..<2500).map { Code.Subject(.deputy, holder: "d\($0)") }
    let many = try CodePlan(subjects.map { CodePlan.Order($0) }, in: CodeBook(), under: keys, at: now).new
    let publisher = try log.openPublisher(as: "test")
    _ = try publisher.publish(many.map { Output(to: Topics.codes, $0.record) })
    publisher.close()
    follower.run {
      if !follower.status.isReady { #expect(follower.status.codes == 0 && standing(many[0]) == .unknown) }
      return follower.status.isReady
    }
    #expect(follower.status.codes == 2500 && many.allSatisfy { standing($0) == .valid })

    var revoked = many[7]
    revoked.revoked = Code.Revocation(at: GivenTime(now), reason: "遗失")
    let later = try sampleCode(stationSubject)
    // It reads all anew; what comes after that is told of while it follows.
    var steps = 0
    try log.publish(revoked.record)
    follower.run {
      steps += 1
      if steps == 4 { try? log.publish(later.record) }
      return standing(later) == .valid || steps > 1000
    }
    #expect(standing(revoked) == .revoked && standing(later) == .valid && follower.status.codes == 2501)
    #expect(pauses.count == 0)
  }

  @Test func `trouble with the log is waited out with growing pauses, and what was known holds meanwhile`() throws {
    let code = try sampleCode()
    try log.createCodes()
    try log.publish(code.record)
    follower.run { follower.status.isReady }
    let away = LogError(.unreachable, "no broker", recovery: .retry)
    log.meet(away, away, away, LogError(.offsetOutOfRange, "gone", recovery: .restart))
    let other = try sampleCode(stationSubject)
    pauses.then { [self] in
      #expect(follower.status == .init(isReady: true, codes: 1, trouble: "no broker"))
      #expect(standing(code) == .valid)
      try? log.publish(other.record)
    }
    follower.run { standing(other) == .valid }
    #expect(pauses.sum == .milliseconds(100 + 200 + 400 + 800))
    #expect(follower.status == .init(isReady: true, codes: 2))
    #expect(log.openReaders == 0)
  }

  @Test func `a record that can't be read is passed over`() throws {
    try log.createCodes()
    let code = try sampleCode()
    try log.publish(Record(key: code.id.key, value: [1, 2, 3]), Record(key: [0xff], value: nil), code.record)
    follower.run { follower.status.isReady }
    #expect(standing(code) == .valid && follower.status.codes == 1)
    let (book, unreadable) = try CodeBook.read(from: log)
    #expect(book.sorted == [code] && unreadable.map(\.reason) == ["header ce_specversion is missing"])
  }

  @Test func `a missing topic is told to who reads all at once`() throws {
    let error = #expect(throws: LogError.self) { try CodeBook.read(from: log) }
    #expect(error?.code == .unknownTopic)
  }
}
