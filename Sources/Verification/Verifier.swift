package import Cases
package import EventLog

/// Checks the invariants over a whole log, also while workers write to it (``Horizon`` says how that is free of races).
///
/// Reads every topic once from end to end, partition by partition; holds in memory the cases of one partition at a time
/// (a few hundred bytes each) and some tens of bytes for each opinion of the log. Changes nothing.
package struct Verifier {
  private let log: any EventLog
  private let calendar: WorkingCalendar
  private let policy: ReplyPolicy?

  /// - Parameters:
  ///   - calendar: deadlines that name its version are worked out anew, others only counted.
  ///   - policy: likewise, for the steps after expiry.
  package init(_ log: any EventLog, calendar: WorkingCalendar, policy: ReplyPolicy? = nil) {
    self.log = log
    self.calendar = calendar
    self.policy = policy
  }

  /// Blocks its thread until all is read.
  /// - Parameter progress: told how many offsets were passed, of how many; the total never changes.
  /// - Throws: ``LogError`` if the log can't be read or isn't one of a whole pipeline. What is wrong in it is no error but
  ///   a ``Violation``.
  package func run(
    progress: @escaping (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
  ) throws(LogError) -> VerificationReport {
    let partitions = try Horizon.partitions(of: log)
    let reader = try log.openReader()
    defer { reader.close() }
    let scan = LogScan(reader, total: try Horizon.span(partitions, reader), progress: progress)
    let findings = Findings()
    let horizon = try Horizon(partitions, scan, findings)
    let letters = try DeadLetters(horizon, scan, findings)
    findings.report.counts.parkedKeys = horizon.changelogs.parkedKeys

    let rules = Inspection.Rules(calendar: calendar, policy: horizon.changelogs.hasRules ? nil : policy)
    let inspection = Inspection(horizon: horizon, letters: letters, rules: rules, scan: scan, findings: findings)

    var fates = Fates()
    var forwarding = Forwarding()
    var relaying = Relaying()
    for number in 0..<partitions {
      var audit = PartitionAudit(number, inspection)
      try audit.run(&fates, &forwarding, &relaying)
    }
    relaying.check(findings)
    var audit = OpinionAudit(inspection: inspection, fates: fates)
    fates = Fates()
    try audit.run(&forwarding)
    try forwarding.check(horizon, scan, findings)
    return findings.report
  }
}
