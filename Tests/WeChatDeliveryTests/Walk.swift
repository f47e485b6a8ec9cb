import Cases
import EventLog
import Feedback
import Foundation
import HTTPCalling
import Outbox
import SQLiteLog
import Streams
import Time
import Tracking
import WeChat

@testable import WeChatDelivery

/// One case from its opening on: the real processors, reader and carrier on a log in memory, under a clock that is told.
final class Walk {
  let time = VirtualTime()
  let log: SQLiteLog
  let store: DeliveryStore
  private let wechat: PlayedWeChat
  private let publisher: any LogPublisher
  private let steps: [() throws(LogError) -> Bool]
  private var given = 0

  init(_ wechat: PlayedWeChat) throws {
    self.wechat = wechat
    let clock = time.clock
    let log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: Given.silent, now: clock))
    self.log = log
    let topics = [
      Topics.commands, Topics.cases, Topics.citizens, Topics.feedback, Topics.directory, DeadLetter.topic,
      "track-changelog", "feedback-changelog",
    ]
    _ = try log.create(topics.map { TopicSpecification(name: $0, partitions: 2, cleanup: .delete(after: nil)) })
    publisher = try log.openPublisher(as: "test")
    store = try DeliveryStore(path: ":memory:")
    func stage(_ processor: some Processor) -> () throws(LogError) -> Bool {
      var settings = WorkerSettings(member: processor.name)
      settings.timerWait = .zero
      settings.sessionTimeout = .seconds(86_400 * 1000)
      let worker = Worker(processor, log: log, settings: settings, now: clock, logger: Given.silent)
      return { () throws(LogError) in try worker.step(wait: .zero) }
    }
    steps = [
      stage(TrackProcessor(calendar: .builtIn, policy: .standard)),
      stage(FeedbackProcessor(rules: try .shipped(), link: { _ in Given.link })),
    ]
  }

  /// Somebody wrote to the account, and their case is opened.
  func open(_ caseID: CaseID, openid: String) throws {
    let chat = ChatID(account: "qingxi", openid: openid)
    let opinion = Opinion(
      channel: "wechat", text: "城南路的路灯坏了", citizen: Citizen(id: chat.citizen))
    let now = GivenTime(time.clock())
    let submission = Submission(
      opinion: OpinionReference(source: Sources.wechat("qingxi"), id: "1"), received: now, recorded: now,
      historic: false,
      statement: Statement(opinion))
    _ = try publisher.publish([Output(to: Topics.citizens, Given.citizen(caseID.text, openid: openid))])
    let department = Owner(id: "d-1", kind: .department, name: "城建局")
    try give(
      .open(
        CaseCommand.Open(
          submission: submission,
          classification: Classification(category: "城乡建设", confidence: 0.9, why: ["路灯"], version: "1"),
          assignment: Assignment(owner: department, reason: "类别对应的承办单位", directory: "d-1"))), caseID)
  }

  func give(_ command: CaseCommand, _ caseID: CaseID) throws {
    given += 1
    let event = CloudEvent(
      id: "command-\(given)", source: "/test", type: command.type, subject: caseID.text, time: GivenTime(time.clock()),
      data: command.data)
    _ = try publisher.publish([Output(to: Topics.commands, event.record(key: caseID.key))])
  }

  /// Lets all go on until nobody has anything to do.
  func settle() async throws {
    repeat {
      var isBusy = true
      while isBusy {
        isBusy = false
        for step in steps where try step() { isBusy = true }
      }
      try readFeedback()
    } while try await carry()
  }

  private func readFeedback() throws {
    let reader = FeedbackReader(
      log: log, store: store, accounts: ["qingxi"], member: "a", sessionTimeout: .seconds(86_400), clock: time.clock,
      pause: { _ in }, logger: Given.silent)
    reader.run { [log] in Given.isRead(log, partitions: 2) }
  }

  /// - Returns: whether there was something to carry.
  private func carry() async throws -> Bool {
    if try await store.isEmpty() { return false }
    let outbox = try SpoolingOutbox(
      SpoolingOutbox.Settings(path: ":memory:", name: "gateway"), log: log, clock: time.clock,
      wait: { try? await Task.sleep(for: min($0, .milliseconds(10))) },
      pause: { Thread.sleep(forTimeInterval: $0.inSeconds) },
      logger: Given.silent)
    let calls = HTTPCalls()
    let account = SendingAccount(
      name: "qingxi", appID: "wx0000000000000000", secret: "notARealSecretAtAll", api: wechat.address)
    let carrier = Carrier(
      accounts: [account], store: store, http: calls, outbox: outbox, link: { _ in Given.link }, clock: time.clock,
      wait: { [time] duration in
        time.pass(duration)
        try? await Task.sleep(for: .milliseconds(1))
      }, logger: Given.silent)
    let isDone = Stop()
    let watch = Task { [store] in
      while (try? await store.isEmpty()) == false { try? await Task.sleep(for: .milliseconds(1)) }
      isDone.set()
    }
    await carrier.run { isDone.isSet }
    await watch.value
    await calls.close()
    await outbox.close(within: .seconds(10))
    return true
  }

  /// The names of the case's events so far, such as `replied`.
  func events(of caseID: CaseID) throws -> [CaseEvent] {
    let partition = TopicPartition(Topics.cases, Partitioner.partition(of: caseID.key, among: 2))
    let reader = try log.openReader()
    defer { reader.close() }
    let chunk = try reader.read(
      from: [partition: 0], for: .zero, limit: BatchLimit(records: 10_000, bytes: 64 << 20))
    return try chunk.records.map { stored in
      let event = try CloudEvent(stored.record)
      return try CaseEvent(type: event.type, data: event.data)
    }
  }
}
