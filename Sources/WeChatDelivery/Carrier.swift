package import Cases
package import HTTPValues
package import Logging
package import Metrics
package import Outbox
package import Time
package import WeChat

/// Carries what is in the store to WeChat, and tells track what became of answers.
///
/// What WeChat has answered is on the disk before anything else happens, and track is told from there, under an id that is
/// made of the delivery's: so a kill at any time loses no message and no report, and track counts each report once. Only a
/// message that WeChat has taken, and whose answer didn't reach the disk (a kill, a lost connection), is sent again.
package final class Carrier: Sendable {
  private enum Landed: Sendable {
    case tick
    case delivery(DeliveryStore.Waiting, gotThrough: Bool)
  }

  private static let timeLimit = Duration.seconds(10)
  /// Under way at once, over all accounts.
  private static let most = 64
  private static let sweepInterval = Duration.seconds(10)
  /// Between two looks at the store, where nothing is under way and where something is.
  private static let pauses = (idle: Duration.milliseconds(500), busy: Duration.milliseconds(50))

  private let accounts: [String: SendingAccount]
  private let tokens: [String: AccessToken]
  private let store: DeliveryStore
  private let http: any HTTPCaller
  private let outbox: any Outbox
  private let link: (@Sendable (CaseID) -> String)?
  private let clock: @Sendable () -> Instant
  private let wait: @Sendable (Duration) async -> Void
  private let logger: Logger
  private let metrics: CarrierMetrics

  /// - Parameters:
  ///   - link: the address of a case's page with its key; `nil` where nobody knows one.
  ///   - wait: sleeps without blocking a thread; may return early once its task is cancelled.
  package init(
    accounts: [SendingAccount], store: DeliveryStore, http: any HTTPCaller, outbox: any Outbox,
    link: (@Sendable (CaseID) -> String)?, clock: @escaping @Sendable () -> Instant,
    wait: @escaping @Sendable (Duration) async -> Void, logger: Logger,
    metrics factory: any MetricsFactory = MetricsSystem.factory
  ) {
    let metrics = CarrierMetrics(factory)
    self.accounts = Dictionary(accounts.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    tokens = self.accounts.mapValues { account in
      AccessToken(of: account, http: http, timeLimit: Self.timeLimit, clock: clock) { metrics.refreshed($0) }
    }
    self.store = store
    self.http = http
    self.outbox = outbox
    self.link = link
    self.clock = clock
    self.wait = wait
    self.logger = logger
    self.metrics = metrics
  }

  /// Goes on until `stop` gives true (asked at least twice a second); what is under way then is brought to its end, which
  /// takes no longer than WeChat's answers may take.
  package func run(until stop: @escaping @Sendable () -> Bool) async {
    await withTaskGroup(of: Landed.self) { group in
      var lanes = accounts.mapValues { Lane(perSecond: $0.perSecond) }
      var flying: Set<String> = []
      var isTicking = false
      var lastSweep = Instant.distantPast
      while true {
        let isStopping = stop()
        if isStopping, flying.isEmpty { break }
        let now = clock()
        if !isStopping {
          if now - lastSweep >= Self.sweepInterval || now < lastSweep {
            lastSweep = now
            await sweep(at: now)
          }
          for waiting in await next(lanes, flying, at: now) {
            if waiting.isToBeSent { lanes[waiting.account]?.depart(at: now) }
            flying.insert(waiting.caseID.text)
            group.addTask { await self.carry(waiting, until: stop) }
          }
        }
        if !isTicking {
          isTicking = true
          let pause = flying.isEmpty ? Self.pauses.idle : Self.pauses.busy
          group.addTask { [wait] in
            await wait(pause)
            return .tick
          }
        }
        switch await group.next() {
        case .tick, nil: isTicking = false
        case .delivery(let waiting, let gotThrough):
          flying.remove(waiting.caseID.text)
          if waiting.isToBeSent { lanes[waiting.account]?.arrive(gotThrough: gotThrough, at: clock()) }
        }
      }
      group.cancelAll()
    }
  }

  /// What may leave now, of each case one.
  private func next(
    _ lanes: [String: Lane], _ flying: Set<String>, at now: Instant
  ) async -> [DeliveryStore.Waiting] {
    var lanes = lanes
    var flying = flying
    var leaving: [DeliveryStore.Waiting] = []
    while flying.count < Self.most {
      let open = Set(lanes.filter { $0.value.isOpen(at: now) }.keys)
      let due: [DeliveryStore.Waiting]
      do throws(DeliveryStore.Failure) {
        due = try await store.due(at: now, limit: Self.most, accounts: open, exceptCases: flying)
      } catch {
        logger.error("cannot look for what is to be carried", metadata: ["reason": "\(error)"])
        return leaving
      }
      let before = leaving.count
      for waiting in due {
        if waiting.isToBeSent, lanes[waiting.account]?.isOpen(at: now) != true { continue }
        guard flying.insert(waiting.caseID.text).inserted else { continue }
        if waiting.isToBeSent { lanes[waiting.account]?.depart(at: now) }
        leaving.append(waiting)
      }
      if leaving.count == before { break }
    }
    return leaving
  }

  private func sweep(at now: Instant) async {
    do throws(DeliveryStore.Failure) {
      let (expired, standing) = try await store.sweep(at: now)
      metrics.count(.expired, expired)
      metrics.observe(standing, at: now)
    } catch {
      logger.error("cannot tidy up the store of deliveries", metadata: ["reason": "\(error)"])
    }
  }

  // MARK: One delivery

  private func carry(_ waiting: DeliveryStore.Waiting, until stop: @Sendable () -> Bool) async -> Landed {
    var gotThrough = true
    var report: Report?
    switch waiting.step {
    case .report(let known): report = known
    case .unreadable:
      logger.error("a delivery of another version can't be read", metadata: ["case": "\(waiting.caseID)"])
      report = await finish(waiting, nil, until: stop)
    case .send(let delivery):
      let verdict = await send(delivery, to: waiting.address)
      if case .trouble = verdict { gotThrough = false }
      report = await settle(verdict, of: delivery, waiting, until: stop)
    }
    if let report { await tell(report, of: waiting) }
    return .delivery(waiting, gotThrough: gotThrough)
  }

  private func send(_ delivery: Delivery, to address: Address?) async -> Verdict {
    guard let address, let account = accounts[address.chat.account], let token = tokens[account.name] else {
      return .failed("不再有这位群众的微信地址")
    }
    let posting: Posting
    do throws(Posting.NoTemplate) {
      posting = try Posting(delivery, to: address, of: account, link: link?(delivery.caseID))
    } catch {
      return .failed("公众号没有为此设消息模板")
    }
    do throws(AccessToken.Trouble) {
      let first = try await token.text()
      let verdict = await post(posting, account, first)
      guard verdict == .staleToken else { return verdict }
      let second = await post(posting, account, try await token.text(insteadOf: first))
      return second == .staleToken ? .trouble("a new access token is refused, too") : second
    } catch {
      return .trouble(error.reason)
    }
  }

  private func post(_ posting: Posting, _ account: SendingAccount, _ token: String) async -> Verdict {
    do throws(HTTPCallFailure) {
      return Verdict(
        try await http.post(
          posting.body, type: "application/json", to: "\(account.api)\(posting.path)?access_token=\(token)",
          within: Self.timeLimit))
    } catch {
      return .trouble(error.reason)
    }
  }

  // MARK: What became of it

  /// - Returns: what track is to be told now.
  private func settle(
    _ verdict: Verdict, of delivery: Delivery, _ waiting: DeliveryStore.Waiting, until stop: @Sendable () -> Bool
  ) async -> Report? {
    let now = clock()
    switch verdict {
    case .delivered:
      metrics.count(.delivered)
      return await finish(waiting, Report(delivery, .delivered, at: now), until: stop)
    case .failed(let reason): return await fail(delivery, reason, waiting, until: stop)
    case .unknown(let code) where waiting.unknown + 1 >= Verdict.unknownAnswers:
      return await fail(delivery, "微信返回错误码\(code)", waiting, until: stop)
    case .unknown(let code):
      return await postpone(delivery, "微信返回错误码\(code)", "\(code)", waiting, unknown: 1, until: stop)
    case .later(let reason):
      return await postpone(delivery, "微信暂时发不了（\(reason)）", reason, waiting, until: stop)
    case .trouble(let reason):
      return await postpone(delivery, "微信接口不通（\(reason)）", reason, waiting, until: stop)
    case .staleToken:
      return await postpone(delivery, "微信接口不通（access_token）", "access token", waiting, until: stop)
    }
  }

  private func fail(
    _ delivery: Delivery, _ reason: String, _ waiting: DeliveryStore.Waiting, until stop: @Sendable () -> Bool
  ) async -> Report? {
    metrics.count(.failed)
    logger.info(
      "a message can't be carried over WeChat",
      metadata: ["case": "\(waiting.caseID)", "account": "\(waiting.account)", "reason": "\(reason)"])
    return await finish(waiting, Report(delivery, .failed, reason: reason, at: clock()), until: stop)
  }

  /// It has failed once there is no time left for another try: so that the next channel is tried at once.
  private func postpone(
    _ delivery: Delivery, _ reason: String, _ cause: String, _ waiting: DeliveryStore.Waiting, unknown: Int = 0,
    until stop: @Sendable () -> Bool
  ) async -> Report? {
    let failures = waiting.failures + 1
    let due = clock() + Verdict.wait(afterFailures: failures)
    guard due < delivery.expires else { return await fail(delivery, reason, waiting, until: stop) }
    metrics.count(.postponed)
    logger.log(
      level: failures == 1 ? .warning : .debug, "a message to WeChat waits",
      metadata: ["case": "\(waiting.caseID)", "account": "\(waiting.account)", "reason": "\(cause)"])
    await write(until: stop) { [store] () throws(DeliveryStore.Failure) in
      try await store.postpone(waiting.id, until: due, failures: failures, unknown: waiting.unknown + unknown)
    }
    return nil
  }

  private func finish(
    _ waiting: DeliveryStore.Waiting, _ report: Report?, until stop: @Sendable () -> Bool
  ) async -> Report? {
    let isWritten = await write(until: stop) { [store, clock] () throws(DeliveryStore.Failure) in
      try await store.finish(waiting.id, report: report, at: clock())
    }
    return isWritten ? report : nil
  }

  /// What can't be put into the outbox now is tried again from the store.
  private func tell(_ report: Report, of waiting: DeliveryStore.Waiting) async {
    do throws(DeliveryStore.Failure) {
      switch await outbox.put([report.output(of: waiting.id, in: waiting.caseID)]) {
      case .durable, .tooLarge: try await store.settle(waiting.id)
      case .unavailable:
        try await store.postpone(
          waiting.id, until: clock() + .seconds(1), failures: waiting.failures, unknown: waiting.unknown)
      }
    } catch {
      // It stays in the store, and is told again: whoever reads it knows it by its id.
      logger.error("cannot note that track was told", metadata: ["reason": "\(error)"])
    }
  }

  /// Tries until it is on the disk: what WeChat has taken must not be sent again only because a disk was full for a while.
  /// - Returns: whether it is.
  @discardableResult
  private func write(
    until stop: @Sendable () -> Bool, _ body: () async throws(DeliveryStore.Failure) -> Void
  ) async -> Bool {
    while true {
      do throws(DeliveryStore.Failure) {
        try await body()
        return true
      } catch {
        logger.error("cannot note what became of a message", metadata: ["reason": "\(error)"])
        if stop() { return false }
        await wait(.seconds(1))
      }
    }
  }
}
