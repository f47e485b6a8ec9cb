package import EventLog
package import Monitoring
package import Streams
import Synchronization
package import Time

/// The pipeline as its log tells it: how far each group has come, looked at once in five seconds at most, and only when
/// somebody asks.
package final class LogHealth: PipelineHealthSource {
  private struct State {
    var groups: [PipelineHealth.Group] = []
    var trouble: String?
    var at: Instant?
    /// What each group had committed in all when it was first seen to stand still.
    var marks: [String: (committed: Int64, since: Instant)] = [:]
  }

  private let log: any EventLog
  private let known: [ConsumerGroup]
  private let workers: [WorkerStatus]
  private let reading: @Sendable () -> Follower.Status
  private let state = Mutex(State())

  private static let pause = Duration.seconds(5)
  /// Standing still for so long isn't waiting for a commit.
  private static let patience = Duration.seconds(60)

  package init(
    log: any EventLog, groups: [ConsumerGroup], workers: [WorkerStatus],
    reading: @escaping @Sendable () -> Follower.Status
  ) {
    self.log = log
    known = groups
    self.workers = workers
    self.reading = reading
  }

  package func health(at now: Instant) -> PipelineHealth {
    state.withLock { state in
      if state.at.map({ now - $0 >= Self.pause }) ?? true { look(at: now, &state) }
      return PipelineHealth(
        groups: state.groups,
        workers: workers.map { worker in
          let report = worker.current
          return .init(name: worker.worker, phase: report.phase, parkedKeys: report.parkedKeys)
        },
        reading: reading(), trouble: state.trouble, at: state.at ?? now)
    }
  }

  private func look(at now: Instant, _ state: inout State) {
    state.at = now
    do throws(LogError) {
      let reader = try log.openReader()
      defer { reader.close() }
      let partitions = Dictionary(uniqueKeysWithValues: try log.topics().map { ($0.name, $0.partitions) })
      var groups: [PipelineHealth.Group] = []
      var bounds: [TopicPartition: Range<Offset>] = [:]
      for group in known {
        let places = group.topics.flatMap { topic in
          (0..<(partitions[topic] ?? 0)).map { TopicPartition(topic, $0) }
        }
        let committed = try reader.committedOffsets(of: group.name)
        var (lag, sum): (Int64, Int64) = (0, 0)
        for place in places {
          let range: Range<Offset>
          if let known = bounds[place] { range = known } else { range = try reader.bounds(of: place) }
          bounds[place] = range
          let position = max(committed[place] ?? range.lowerBound, range.lowerBound)
          lag += max(0, range.upperBound - position)
          sum += position
        }
        let since = stuck(group.name, isIdle: lag <= Int64(places.count), committed: sum, at: now, &state)
        groups.append(.init(name: group.name, lag: lag, partitions: places.count, stuckSince: since))
      }
      state.groups = groups
      state.trouble = nil
    } catch {
      state.trouble = error.reason
    }
  }

  private func stuck(
    _ name: String, isIdle: Bool, committed: Int64, at now: Instant, _ state: inout State
  ) -> Instant? {
    guard !isIdle else {
      state.marks[name] = nil
      return nil
    }
    guard let mark = state.marks[name], mark.committed == committed else {
      state.marks[name] = (committed, now)
      return nil
    }
    return now - mark.since >= Self.patience ? mark.since : nil
  }
}
