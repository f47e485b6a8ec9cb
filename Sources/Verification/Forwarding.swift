import EventLog
import Time

/// Records that lay in the wrong partition and were taken in there: a copy of each must lie in the right one.
struct Forwarding {
  private struct Original {
    let place: Place
    let recorded: Instant
  }

  private var originals: [TopicPartition: [Fingerprint: [Original]]] = [:]

  mutating func expect(_ record: StoredRecord, among partitions: Int) {
    guard let key = record.record.key else { return }
    let right = TopicPartition(record.partition.topic, Partitioner.partition(of: key, among: partitions))
    originals[right, default: [:]][Fingerprint(record.record), default: []].append(
      Original(place: Place(record), recorded: record.timestamp))
  }

  /// Reads the partitions where copies must lie, and only those.
  func check(_ horizon: Horizon, _ scan: LogScan, _ findings: Findings) throws(LogError) {
    for (right, expected) in originals.sorted(by: { $0.key < $1.key }) {
      var missing = expected
      let reading = try scan.read(right, horizon.range(right)) { record in
        _ = missing[Fingerprint(record.record)]?.popLast()
      }
      let lost = missing.values.joined().filter { !reading.mayHaveLost(recordsSince: $0.recorded) }
      for original in lost.sorted(by: { $0.place.offset < $1.place.offset }) {
        findings.add(.recordsInPlace, at: original.place, "it belongs in \(right), and no copy of it is there")
      }
    }
  }
}
