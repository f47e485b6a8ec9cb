package import EventLog
import Foundation
package import Logging
package import Outbox
import Time

/// Where a gateway keeps what the log doesn't have yet.
package enum OutboxHome {
  /// In a file of this instance's own in the data folder.
  /// - Parameter part: of the process: `nil` for its gateway, else it stands in the file's name and the publisher's.
  package static func open(
    _ settings: Settings, _ folder: DataFolder, of part: String? = nil, log: any EventLog, logger: Logger
  ) throws -> SpoolingOutbox {
    var outbox = SpoolingOutbox.Settings(
      path: "\(folder.path)/outbox-\(settings.instance)\(part.map { "-" + $0 } ?? "").sqlite",
      name: "\(settings.instance)-\(part ?? "intake")")
    for topic in PipelineTopics.specifications(partitions: 1) { outbox.limits[topic.name] = topic.maximumRecordSize }
    outbox.capacity = settings.outboxBytes
    return try SpoolingOutbox(
      outbox, log: log, clock: Program.wallClock, wait: { try? await Task.sleep(for: $0) },
      pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: logger)
  }
}
