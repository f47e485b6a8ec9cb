import EventLog
import Streams

/// The dead letters of a log: which records they are about, and how each stands by its last record.
struct DeadLetters {
  private var isSettled: [Place: Bool] = [:]

  init(_ horizon: Horizon, _ scan: LogScan, _ findings: Findings) throws(LogError) {
    for number in 0..<horizon.partitions {
      let partition = TopicPartition(DeadLetter.topic, number)
      try scan.read(partition, horizon.range(partition)) { record in
        guard let letter = DeadLetter(record.record) else {
          return findings.add(.unreadableKept, at: Place(record), "it does not say which record it is a dead letter of")
        }
        isSettled[Place(letter.partition, letter.offset)] = letter.status.isSettled
      }
    }
    findings.report.counts.deadLettersSettled = isSettled.values.count { $0 }
    findings.report.counts.deadLettersOpen = isSettled.count - findings.report.counts.deadLettersSettled
  }

  func contains(_ place: Place) -> Bool { isSettled[place] != nil }
}
