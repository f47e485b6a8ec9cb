package import Cases
package import EventLog
package import Streams
package import Time

/// The rules that `track` goes by, as the log has them.
package struct RulesOffice {
  private let log: any EventLog
  private let commands: TopicSpecification
  /// By partition.
  package let standings: [RulesStanding]

  private static let stage = "track"

  /// Reads the changelog of `track`, and of `commands` what it hasn't read. Blocks its thread.
  package init(_ log: any EventLog) throws(LogError) {
    self.log = log
    standings = try RulesStanding.all(
      of: Self.stage, input: Topics.commands, changelog: Self.stage + "-changelog", in: log)
    commands = TopicSpecification(name: Topics.commands, partitions: standings.count, cleanup: .delete(after: nil))
  }

  /// The newest that came, taken from the first partition that has some; `nil` if none came yet.
  package var newest: CaseRules? {
    standings.lazy.compactMap(\.newest).first.flatMap { try? CaseRules(json: $0) }
  }

  /// Whether all partitions will go by the same rules once all was read.
  package var isUnanimous: Bool { Set(standings.map(\.newest)).count <= 1 }

  /// What puts these rules in force: to be appended in one transaction. None, if they are in force, or are coming, in all
  /// partitions.
  package func outputs(_ rules: CaseRules, at now: Instant) -> [Output] {
    let json = rules.json
    if standings.allSatisfy({ $0.newest == json }) { return [] }
    let envelope = CloudEvent(
      id: "\(rules.policy.version)+\(rules.calendar.version)@\(now.rfc3339())", source: Sources.rules,
      type: RulesRecord.type, time: GivenTime(now))
    return RulesRecord.outputs(json, as: envelope, to: commands)
  }
}
