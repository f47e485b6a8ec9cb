package import EventLog
import Foundation
package import Logging
package import Outbox
import Time

/// Where a gateway keeps what the log doesn't have yet.
package enum OutboxHome {
  /// In a file of this instance's own in the data folder.
  /// - Parameter user: who puts into it, where that isn't a gateway, such as `desk`.
  package static func open(
    _ settings: Settings, _ folder: DataFolder, log: any EventLog, of user: String? = nil, logger: Logger
  ) throws -> SpoolingOutbox {
    let suffix = user.map { "-" + $0 } ?? ""
    var outbox = SpoolingOutbox.Settings(
      path: "\(folder.path)/outbox-\(settings.instance)\(suffix).sqlite",
      name: "\(settings.instance)-\(user ?? "intake")")
    for topic in PipelineTopics.specifications(partitions: 1) { outbox.limits[topic.name] = topic.maximumRecordSize }
    outbox.capacity = settings.outboxBytes
    return try SpoolingOutbox(
      outbox, log: log, clock: Program.wallClock, wait: { try? await Task.sleep(for: $0) },
      pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: logger)
  }
}
