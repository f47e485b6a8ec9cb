import Accounts
import Attachments
import Cases
import Desk
import EventLog
import Logging
import Monitoring
import Outbox
import Reading
import Time

/// Puts the desk together.
enum DeskHome {
  /// - Parameters:
  ///   - outbox: a gateway's in this process, else one of the desk's own: ``OutboxHome``.
  ///   - directory: the one in force.
  ///   - makeID: gives a new id at each call that nobody can guess.
  static func controller(
    _ settings: Settings, _ rules: Rulebook, _ folder: DataFolder, model: ReadModel, doorkeeper: Doorkeeper,
    outbox: any Outbox, version: @escaping @Sendable () -> Int, directory: @escaping @Sendable () -> Directory,
    makeID: @escaping @Sendable () -> String,
    logger: Logger
  ) throws -> DeskController {
    DeskController(
      model: model, doorkeeper: doorkeeper, outbox: outbox, store: try AttachmentFolder("\(folder.path)/attachments"),
      secret: try CaseKeySecret.read(settings, folder), directory: directory, categories: try rules.deskCategories(),
      calendar: rules.calendar, mask: { PersonalNumbers.masked($0) }, version: version, clock: Program.wallClock,
      makeID: makeID,
      logger: logger)
  }
}
