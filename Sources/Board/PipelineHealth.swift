package import Monitoring
package import Streams
package import Time

/// How the pipeline is, as far as one process can tell.
package struct PipelineHealth: Sendable {
  /// A consumer group, and what lies before it.
  package struct Group: Hashable, Sendable {
    package var name: String
    /// Records behind its committed offsets. On Kafka an idle group has up to one in each partition: the mark that ends
    /// a transaction.
    package var lag: Int64
    package var partitions: Int
    /// Since when it has had something before it and committed nothing; `nil` while it gets on.
    package var stuckSince: Instant?

    package init(name: String, lag: Int64, partitions: Int, stuckSince: Instant? = nil) {
      self.name = name
      self.lag = lag
      self.partitions = partitions
      self.stuckSince = stuckSince
    }
  }

  /// A worker of this process.
  package struct Worker: Hashable, Sendable {
    package var name: String
    package var phase: WorkerStatus.Report.Phase
    package var parkedKeys: Int

    package init(name: String, phase: WorkerStatus.Report.Phase, parkedKeys: Int) {
      self.name = name
      self.phase = phase
      self.parkedKeys = parkedKeys
    }
  }

  package var groups: [Group]
  package var workers: [Worker]
  package var reading: Follower.Status
  /// Why the groups can't be told; `nil` where they can.
  package var trouble: String?
  /// When the groups were looked at.
  package var at: Instant

  package init(
    groups: [Group], workers: [Worker], reading: Follower.Status, trouble: String? = nil, at: Instant
  ) {
    self.groups = groups
    self.workers = workers
    self.reading = reading
    self.trouble = trouble
    self.at = at
  }
}

/// Says how the pipeline is.
package protocol PipelineHealthSource: Sendable {
  /// Blocks its thread, as long as the log takes to answer.
  func health(at now: Instant) -> PipelineHealth
}
