import Cases
import EventLog
import Foundation
import HTTPCalling
import Logging
import Outbox
import ServiceLifecycle
import Streams
import Time
import WeChat
import WeChatDelivery

/// Carries feedback to citizens over WeChat, for as long as the gateway runs. At a graceful stop what is under way comes to
/// its end.
///
/// To be started after the outbox, and so stopped before it.
struct WeChatCarrier: Service {
  let reader: FeedbackReader
  private let accounts: [SendingAccount]
  private let store: DeliveryStore
  private let outbox: any Outbox
  private let link: PageLink?
  private let logger: Logger

  /// `nil` where no account has a secret to send with.
  init?(
    _ settings: Settings, _ folder: DataFolder, _ accounts: WeChatAccounts?, log: any EventLog, outbox: any Outbox,
    logger: Logger
  ) throws {
    self.accounts = accounts?.accounts.values.compactMap(\.sending).sorted { $0.name < $1.name } ?? []
    if self.accounts.isEmpty { return nil }
    store = try DeliveryStore(path: "\(folder.path)/wechat-\(settings.instance).sqlite")
    self.outbox = outbox
    link = try PageLink(settings, folder)
    self.logger = logger
    reader = FeedbackReader(
      log: log, store: store, accounts: Set(self.accounts.map(\.name)), member: "\(settings.instance)-wechat",
      sessionTimeout: settings.sessionTimeout, clock: Program.wallClock,
      pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: logger)
  }

  func run() async throws {
    let calls = HTTPCalls()
    let carrier = Carrier(
      accounts: accounts, store: store, http: calls, outbox: outbox, link: link?.address, clock: Program.wallClock,
      wait: { try? await Task.sleep(for: $0) }, logger: logger)
    let stop = StopSignal()
    await withTaskCancellationOrGracefulShutdownHandler {
      await carrier.run { stop.isSet }
    } onCancelOrGracefulShutdown: {
      stop.set()
    }
    await calls.close()
  }
}
