package import Logging
package import Time

/// Writes each line of the log as one JSON object: `time` (RFC 3339, UTC), `level`, `logger`, `source`, `message`, then the
/// metadata by name, each as a field of its own.
///
/// Metadata that bears the name of one of the first five has `metadata_` put before it. Values are text, lists and
/// objects; no line break is left in a line.
package struct JSONLogHandler: LogHandler {
  package var logLevel = Logger.Level.info
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let now: @Sendable () -> Instant
  private let write: @Sendable ([UInt8]) -> Void

  private static let own: Set<String> = ["time", "level", "logger", "source", "message"]

  /// - Parameters:
  ///   - label: of the logger.
  ///   - write: takes a whole line with its end, on the thread that logs.
  package init(
    label: String, metadataProvider: Logger.MetadataProvider? = nil, now: @escaping @Sendable () -> Instant,
    write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.label = label
    self.metadataProvider = metadataProvider
    self.now = now
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields = metadataProvider?.get() ?? [:]
    fields.merge(metadata) { $1 }
    fields.merge(event.metadata ?? [:]) { $1 }
    if let error = event.error { fields["error"] = "\(error)" }
    var line = JSONLine()
    line.add("time", now().rfc3339())
    line.add("level", event.level.rawValue)
    line.add("logger", label)
    line.add("source", event.source)
    line.add("message", event.message.description)
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      line.add(Self.own.contains(name) ? "metadata_\(name)" : name, value)
    }
    write(line.finished())
  }
}
