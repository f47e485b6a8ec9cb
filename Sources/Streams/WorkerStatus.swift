import Synchronization
package import Time

/// How a worker is, for probes and pages; may be asked from any thread.
package final class WorkerStatus: Sendable {
  package struct Report: Sendable {
    package enum Phase: Sendable, Hashable {
      case starting
      case restoring(remainingRecords: Int64)
      case running
      /// The log is in trouble; the reason is the last error's.
      case waiting(String)
      case stopped
      /// It ended with an error that it can't recover from.
      case failed(String)
    }

    package var phase: Phase = .starting
    package var partitions = 0
    package var parkedKeys = 0
    package var timersPending = 0
    /// Keys still to be revised under rules that came while it ran, as far as is known.
    package var toRevise = 0
    /// Records behind the ends of its partitions, as of the last poll.
    package var lag: Int64 = 0
    /// When it last read or fired something, or had nothing left to do.
    package var progressAt: Instant = .distantPast
  }

  package let worker: String
  private let report = Mutex(Report())

  package init(worker: String) {
    self.worker = worker
  }

  package var current: Report { report.withLock { $0 } }

  func update(_ change: (inout Report) -> Void) {
    report.withLock { change(&$0) }
  }

  /// Why it isn't ready, if so.
  /// - Parameter stall: a worker with lag that made no progress for so long is not ready either.
  package func notReady(at now: Instant, stall: Duration = .seconds(60)) -> String? {
    let report = current
    switch report.phase {
    case .starting: return "\(worker) is joining its group"
    case .restoring(let remaining): return "\(worker) restores its state, \(remaining) records to go"
    case .waiting(let reason): return "\(worker) waits: \(reason)"
    case .stopped: return "\(worker) has stopped"
    case .failed(let reason): return "\(worker) failed: \(reason)"
    case .running:
      if report.lag > 0, now - report.progressAt > stall { return "\(worker) makes no progress, lag \(report.lag)" }
      return nil
    }
  }

  /// Why it isn't live, if so: trouble of the log's is no reason, the end of the worker is.
  package var notLive: String? {
    if case .failed(let reason) = current.phase { return "\(worker) failed: \(reason)" }
    return nil
  }
}
