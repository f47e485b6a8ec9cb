package import EventLog

/// How a worker works, whatever it works on.
package struct WorkerSettings: Sendable {
  /// Stable over restarts and unique in the group: the instance's name with the worker's and the thread's.
  package var member: String
  package var sessionTimeout: Duration = .seconds(10)
  /// The most that one transaction takes in.
  package var batch = BatchLimit(records: 1000, bytes: 4 << 20)
  /// A batch that took longer makes the next ones smaller, so that no transaction gets near its time-out.
  package var batchTime: Duration = .milliseconds(500)
  /// The most timers that fire in one transaction, so that fresh records wait behind no long tail of due ones.
  package var timersPerBatch = 500
  /// The most keys that are revised under new rules in one transaction, for the same reason.
  package var revisionsPerBatch = 500
  /// How long an idle poll waits.
  package var idleWait: Duration = .milliseconds(500)
  /// A due timer waits for its partition to be read up to a moment after it was due, but no longer than this.
  package var timerWait: Duration = .seconds(60)
  /// What one step of a restore reads.
  package var restoreChunk = BatchLimit(records: 10_000, bytes: 8 << 20)
  /// Where snapshots of the state lie; `nil` keeps none.
  package var snapshots: String?
  /// A snapshot is written after so many records of changelog, and at a graceful stop.
  package var snapshotEvery: Offset = 50_000
  /// Between two attempts while the log is in trouble: from the first to the second, doubled each time.
  package var backOff: ClosedRange<Duration> = .milliseconds(100)...(.seconds(5))

  package init(member: String) {
    self.member = member
  }
}
