import Logging
import Synchronization

/// Keeps what was said, in order.
final class Recorder<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func record(_ element: Element) { elements.withLock { $0.append(element) } }
  func forget() { elements.withLock { $0 = [] } }
}

/// A log handler that keeps level and message.
struct RecordingLogHandler: LogHandler {
  let recorder: Recorder<String>
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    recorder.record(
      "\(event.level) \(event.message) \(event.metadata?["skipped"].map(String.init(describing:)) ?? "-")")
  }
}
