import APIKeys
import Attachments
import Cases
import Codes
import EventLog
import Foundation
import HTTPValues
import Intake
import Logging
import Monitoring
import Open311
import Outbox
import PhonePage
import QRCodes
import RateLimiting
import Time
import WeChat

/// What an intake gateway is put together from.
///
/// It keeps a read model of its own, for what citizens look up: so it needs no monitor to answer them.
struct GatewayParts {
  let outbox: SpoolingOutbox
  let codes: CodeFollower
  let directory: DirectoryWatch
  let follower: Follower?
  /// `nil` where no account of WeChat may send.
  let carrier: WeChatCarrier?
  private let accounts: WeChatAccounts?
  private let settings: Settings
  private let rules: Rulebook
  private let secret: CaseKey.Secret
  private let model: ReadModel
  private let store: AttachmentFolder
  private let limiter: RateLimiter
  private let logger: Logger

  /// - Parameter shared: the read model of a monitor in this process.
  init(
    _ settings: Settings, _ rules: Rulebook, _ folder: DataFolder, log: any EventLog, sharing shared: ReadModel?,
    logger: Logger
  ) throws {
    self.settings = settings
    self.rules = rules
    self.logger = logger
    secret = try CaseKeySecret.read(settings, folder)
    outbox = try OutboxHome.open(settings, folder, log: log, logger: logger)
    accounts = try WeChatHome.accounts(settings)
    carrier = try WeChatCarrier(settings, folder, accounts, log: log, outbox: outbox, logger: logger)
    codes = CodeFollower(
      log: log, keys: try CodeKeySecrets.read(settings), pause: { Thread.sleep(forTimeInterval: $0.inSeconds) },
      logger: logger)
    directory = DirectoryWatch(
      given: rules.directory, log: log, pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: logger)
    let model = try shared ?? ReadModel(path: "\(folder.path)/gateway-\(settings.instance).sqlite")
    self.model = model
    follower =
      shared == nil
      ? Follower(
        log: log, model: model, calendar: rules.calendar, clock: Program.wallClock,
        pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: logger) : nil
    store = try AttachmentFolder("\(folder.path)/attachments")
    limiter = RateLimits.limiter(settings)
  }

  func controllers() throws -> [any Controller] {
    let clock = Program.wallClock
    let scanner = BoardCodes(directory: { [directory] in directory.current }, codes: codes)
    let inbox = OpinionInbox(outbox: outbox, clock: clock, makeID: FreshID.make)
    let check = try APIKeysHome.check(settings)
    let base = settings.publicURL ?? ""
    var controllers: [any Controller] = []
    if let accounts {
      let cases = CitizenCaseList(model: model, secret: secret, pageBase: base, logger: logger)
      let attendant = Attendant(
        outbox: outbox, cases: cases, scanner: scanner, words: accounts.words,
        holder: { [directory] in directory.current.holder(of: $0) },
        isTooMuch: { [limiter] in limiter.take(.openid, of: $0, at: $1) != nil })
      controllers.append(
        WeChatController(
          accounts: accounts, attendant: attendant, clock: clock, wait: { try? await Task.sleep(for: $0) },
          random: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } }, logger: logger))
    }
    // Behind the callback of WeChat, whose servers speak for all citizens from few addresses.
    controllers += [AddressLimit(limiter, clock: clock), CodeLimit(limiter, clock: clock)] as [any Controller]
    controllers.append(
      IntakeController(
        inbox: inbox, secret: secret, statusBase: base, check: check, scan: { scanner.scan($0, at: clock()) }))
    controllers.append(
      NewRequestController(
        desk: InboxDesk(inbox: inbox), catalogue: try rules.services(), check: check,
        page: { [secret] in "\(base)/c/\($0)?k=\(CaseKey(of: $0, under: secret).text)" }))
    controllers.append(
      OpinionPageController(
        settings: OpinionPageSettings(
          publicAddress: base, directory: { [directory] in directory.current }, categories: try rules.categoryNames()),
        scanner: scanner, inbox: PageInbox(inbox: inbox), store: store, secret: secret, dutyTimes: \.duty,
        draw: { try? QRMatrix($0).svg }, clock: clock, makeID: FreshID.make, logger: logger))
    controllers.append(
      PhoneCaseController(
        source: PhoneCases(model: model, clock: clock, logger: logger), outbox: outbox, secret: secret, clock: clock,
        makeID: FreshID.make))
    controllers.append(AttachmentController(store: store, secret: secret, logger: logger))
    return controllers
  }
}
