import Accounts
import Attachments
import Board
import CaseAPI
import Cases
import Classification
import EventLog
import Foundation
import HTTPValues
import Logging
import Monitoring
import Open311
import Outbox
import Reading
import Streams
import Time
import WebPages

/// What a monitor is put together from: the read model, the board, the desk and the API of those who sign in.
struct MonitorParts {
  let follower: Follower
  /// What the desk sends waits here; a gateway's, where one runs in the same process.
  let outbox: SpoolingOutbox
  let directory: DirectoryWatch
  private let settings: Settings
  private let rules: Rulebook
  private let model: ReadModel
  private let news: News
  private let secret: CaseKey.Secret
  private let folder: DataFolder
  private let log: any EventLog
  private let workers: [WorkerStatus]
  private let doorkeeper: Doorkeeper
  private let logger: Logger

  /// - Parameters:
  ///   - gateway: one in this process, whose outbox and directory are used.
  ///   - workers: those of this process.
  init(
    _ settings: Settings, _ rules: Rulebook, _ folder: DataFolder, log: any EventLog, model: ReadModel,
    sharing gateway: GatewayParts?, workers: [WorkerStatus], logger: Logger
  ) throws {
    self.settings = settings
    self.folder = folder
    self.log = log
    self.workers = workers
    self.rules = rules
    self.model = model
    self.logger = logger
    let pause: @Sendable (Duration) -> Void = { Thread.sleep(forTimeInterval: $0.inSeconds) }
    outbox = try gateway?.outbox ?? OutboxHome.open(settings, folder, log: log, of: "desk", logger: logger)
    directory = gateway?.directory ?? DirectoryWatch(given: rules.directory, log: log, pause: pause, logger: logger)
    secret = try CaseKeySecret.read(settings, folder)
    doorkeeper = try AccountsHome.doorkeeper(
      settings, folder, directory: rules.directory, makeID: FreshID.make, logger: logger)
    news = News(version: Int(Program.wallClock().milliseconds), wait: { try? await Task.sleep(for: $0) })
    follower = Follower(
      log: log, model: model, news: news, calendar: rules.calendar, clock: Program.wallClock, pause: pause,
      logger: logger)
  }

  func controllers() throws -> [any Controller] {
    let clock = Program.wallClock
    let categories = try rules.knownCategories()
    let attachmentLink: @Sendable (String, CaseID) -> String? = { [secret] in
      AttachmentLink(url: $0, of: $1, under: secret)?.address
    }
    return try [
      LiveController { [news] in news.stream() },
      SignInController(doorkeeper: doorkeeper),
      DeskHome.controller(
        settings, rules, folder, model: model, doorkeeper: doorkeeper, outbox: outbox,
        version: { [news] in news.version },
        directory: { [directory] in directory.current }, makeID: FreshID.make, logger: logger),
      CaseAPIController(
        doorkeeper: doorkeeper, model: model, status: { [follower] in follower.status }, calendar: rules.calendar,
        mask: PersonalNumbers.masked,
        knowsCategory: { name, topic in
          categories.names.contains(name) && topic.map { categories.topics(of: name).contains($0) } ?? true
        },
        attachmentLink: attachmentLink, put: { [outbox] in await outbox.put($0, under: $1) },
        letters: DeadLetterOffice(
          log: log, publisherName: "\(settings.instance)-api-dead-letters", history: Topics.cases),
        makeID: FreshID.make, clock: clock, logger: logger),
      MonitorController(
        model: model, doorkeeper: doorkeeper, secret: secret, calendar: rules.calendar,
        letters: DeadLetterOffice(
          log: log, publisherName: "\(settings.instance)-board-dead-letters", history: Topics.cases),
        health: LogHealth(
          log: log, groups: PipelineGroups.all, workers: workers, reading: { [follower] in follower.status }),
        rebuilding: { [follower] in follower.status.rebuilding }, version: { [news] in news.version },
        mask: PersonalNumbers.masked, attachmentLink: attachmentLink, clock: clock, logger: logger),
      RequestsController(
        book: ReadModelCaseBook(model: model, logger: logger), catalogue: try rules.services(),
        disclosure: Disclosure(isOpen: settings.publicDescriptions, mask: PersonalNumbers.masked), clock: clock),
    ]
  }
}
