import CLibrdkafka
import Dispatch

/// Wakes the one thread that waits for any of several of librdkafka's queues.
final class Bell {
  private let rung = DispatchSemaphore(value: 0)

  /// To be called by librdkafka, from its own threads.
  func ring() { rung.signal() }

  /// Waits until it has been rung since the last wait, or the time is over.
  func wait(for time: Duration) {
    let (seconds, attoseconds) = time.components
    let nanoseconds = Int(clamping: min(seconds, 1_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000)
    guard rung.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success else { return }
    while rung.wait(timeout: .now()) == .success {}
  }

  /// - Parameter queue: must be silenced before it, or this bell, goes.
  func listen(to queue: OpaquePointer) {
    rd_kafka_queue_cb_event_enable(
      queue,
      { _, bell in
        if let bell { Unmanaged<Bell>.fromOpaque(bell).takeUnretainedValue().ring() }
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  static func silence(_ queue: OpaquePointer) {
    rd_kafka_queue_cb_event_enable(queue, nil, nil)
  }
}
