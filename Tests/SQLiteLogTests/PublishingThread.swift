import EventLog
import Foundation

@testable import SQLiteLog

/// Publishes one record on a thread of its own, as soon as another thread waits for it.
final class PublishingThread: Sendable {
  private let finished = DispatchSemaphore(value: 0)

  init(log: SQLiteLog, output: Output) {
    Thread { [finished] in
      while log.file.watch.waiters == 0 { sched_yield() }
      _ = try? log.openPublisher(as: "thread").publish([output])
      finished.signal()
    }.start()
  }

  func join() {
    finished.wait()
  }
}
