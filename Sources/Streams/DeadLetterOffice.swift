package import EventLog

/// Brings the dead letters of one log to an end, for whoever decides on them. Every call blocks its thread.
package struct DeadLetterOffice: Sendable {
  package enum Verb: String, Hashable, Sendable, CaseIterable { case retry, drop }

  package enum Outcome: Hashable, Sendable {
    /// It was sent again, or let go.
    case settled
    /// Its key's worker has been told to.
    case handedOn
    /// Only dropping is left.
    case refused
    /// Somebody has settled it before.
    case settledBefore
  }

  private let log: any EventLog
  private let publisherName: String
  private let history: String

  /// - Parameters:
  ///   - publisherName: stable over restarts, and nobody else's.
  ///   - history: the topic whose records stand for what happened, once: none of them is ever sent again.
  package init(log: any EventLog, publisherName: String, history: String) {
    self.log = log
    self.publisherName = publisherName
    self.history = history
  }

  /// In the order in which they were first written.
  package func letters() throws(LogError) -> [DeadLetter] { try DeadLetter.all(in: log) }

  /// - Parameter id: as `topic/partition/offset`.
  package func letter(_ id: String) throws(LogError) -> DeadLetter? {
    // A dead letter lies in the partition of its original.
    guard let partition = id.split(separator: "/").dropLast().last.flatMap({ Int($0) }) else { return nil }
    return try DeadLetter.all(in: log, partition: partition).first { $0.id == id }
  }

  /// Whether it would be done.
  package func allows(_ verb: Verb, for letter: DeadLetter) -> Bool { outputs(verb, for: letter) != nil }

  /// Appends what brings these letters to an end, each in a transaction of its own.
  /// - Parameter tell: is told of each what came of it.
  package func settle(
    _ letters: some Sequence<DeadLetter>, by verb: Verb, tell: (DeadLetter, Outcome) -> Void
  ) throws(LogError) {
    let publisher = try log.openPublisher(as: publisherName)
    defer { publisher.close() }
    for letter in letters {
      if letter.status.isSettled {
        tell(letter, .settledBefore)
      } else if let outputs = outputs(verb, for: letter) {
        _ = try publisher.publish(outputs)
        tell(letter, letter.parked ? .handedOn : .settled)
      } else {
        tell(letter, .refused)
      }
    }
  }

  private func outputs(_ verb: Verb, for letter: DeadLetter) -> [Output]? {
    switch verb {
    case .drop: return letter.dropping()
    case .retry:
      let isHistory = letter.partition.topic == history && !letter.parked
      return letter.status == .quarantined || isHistory ? nil : letter.retrying()
    }
  }
}
