import EventLog
import Metrics
import Time

/// What a worker counts. Names of OpenTelemetry where there are some, `huiyin_` for our own; no label is unbounded.
struct WorkerMetrics {
  private let worker: String
  private let consumed: Counter
  private let sent: Counter
  private let commitTime: Metrics.Timer
  private let batchSize: Recorder
  private let undone: Counter
  private let deadLetters: Counter
  private let forwarded: Counter
  private let timersFired: Counter
  private let timersPending: Gauge
  private let timerLag: Gauge
  private let parkedKeys: Gauge
  private let lag: Gauge
  private let restoreRemaining: Gauge
  private let restoreTime: Gauge
  private let keysRevised: Counter
  private let sweepRemaining: Gauge
  private let rulesAdopted: Counter

  init(worker: String, member: String, group: String, counters: [Counted]) {
    self.worker = worker
    let group = [("messaging_consumer_group_name", group)]
    let own = [("worker", worker)]
    // Gauges of several members of one worker in one process must not overwrite each other.
    let member = own + [("member", member)]
    consumed = Counter(label: "messaging_client_consumed_messages", dimensions: group)
    sent = Counter(label: "messaging_client_sent_messages", dimensions: group)
    commitTime = Metrics.Timer(
      label: "messaging_client_operation_duration", dimensions: group + [("messaging_operation_name", "commit")])
    batchSize = Recorder(label: "huiyin_batch_records", dimensions: own, aggregate: true)
    undone = Counter(label: "huiyin_commits_undone", dimensions: own)
    deadLetters = Counter(label: "huiyin_dead_letters", dimensions: own)
    forwarded = Counter(label: "huiyin_records_forwarded", dimensions: own)
    timersFired = Counter(label: "huiyin_timers_fired", dimensions: own)
    timersPending = Gauge(label: "huiyin_timers_pending", dimensions: member)
    timerLag = Gauge(label: "huiyin_timer_lag_seconds", dimensions: member)
    parkedKeys = Gauge(label: "huiyin_parked_keys", dimensions: member)
    lag = Gauge(label: "huiyin_lag_records", dimensions: member)
    restoreRemaining = Gauge(label: "huiyin_state_restore_remaining_records", dimensions: member)
    restoreTime = Gauge(label: "huiyin_state_restore_seconds", dimensions: member)
    rulesAdopted = Counter(label: "huiyin_rules_adopted", dimensions: own)
    keysRevised = Counter(label: "huiyin_rules_keys_revised", dimensions: own)
    sweepRemaining = Gauge(label: "huiyin_rules_sweep_remaining", dimensions: member)
    for counted in counters { _ = counter(counted) }
  }

  private func counter(_ counted: Counted) -> Counter {
    let labels = counted.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return Counter(label: counted.metric, dimensions: [("worker", worker)] + labels)
  }

  func committed(_ work: Work, outputs: Int, in time: Duration) {
    consumed.increment(by: work.consumed)
    sent.increment(by: outputs)
    commitTime.recordNanoseconds(time.milliseconds * 1_000_000)
    batchSize.record(work.consumed)
    deadLetters.increment(by: work.deadLetters.count)
    forwarded.increment(by: work.forwarded)
    timersFired.increment(by: work.fired)
    keysRevised.increment(by: work.revised)
    rulesAdopted.increment(by: work.rulesChanges.values.count { $0.adopted != nil })
    for (counted, number) in work.counts { counter(counted).increment(by: number) }
  }

  func wasUndone() {
    undone.increment()
  }

  func observe(_ report: WorkerStatus.Report, timerLag seconds: Double) {
    timersPending.record(report.timersPending)
    timerLag.record(seconds)
    parkedKeys.record(report.parkedKeys)
    lag.record(report.lag)
    sweepRemaining.record(report.toRevise)
    if case .restoring(let remaining) = report.phase {
      restoreRemaining.record(remaining)
    } else {
      restoreRemaining.record(0)
    }
  }

  func restored(in time: Duration) {
    restoreTime.record(time.inSeconds)
  }
}
