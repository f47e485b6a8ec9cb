import EventLog
import Time

/// Reads partitions from end to end in chunks, and says how far it has come. Belongs to one thread.
final class LogScan {
  /// What is known of a partition once it was read.
  struct Reading {
    /// When the log took in the oldest record that is still there.
    var oldest: Instant?
    /// Older records have been deleted.
    var isTrimmed: Bool

    /// Whether a record taken in at or after that moment may have been deleted by age.
    func mayHaveLost(recordsSince moment: Instant) -> Bool {
      isTrimmed && oldest.map { moment < $0 } ?? true
    }
  }

  private static let limit = BatchLimit(records: 2000, bytes: 8 << 20)

  let reader: any LogReader
  private let total: Int64
  private var done: Int64 = 0
  private let progress: (_ done: Int64, _ total: Int64) -> Void

  /// - Parameter total: how many offsets all readings together are expected to pass.
  init(_ reader: any LogReader, total: Int64, progress: @escaping (_ done: Int64, _ total: Int64) -> Void) {
    self.reader = reader
    self.total = total
    self.progress = progress
  }

  /// Reads all records of the range that are still there when it comes to them.
  @discardableResult
  func read(
    _ partition: TopicPartition, _ range: Range<Offset>, _ body: (StoredRecord) -> Void
  ) throws(LogError) -> Reading {
    var reading = Reading(oldest: nil, isTrimmed: range.lowerBound > 0)
    var position = range.lowerBound
    while position < range.upperBound {
      let chunk: Chunk
      do throws(LogError) {
        chunk = try reader.read(from: [partition: position], for: .seconds(1), limit: Self.limit)
      } catch {
        // Retention may overtake a reader.
        let start = try reader.bounds(of: partition).lowerBound
        guard error.code == .offsetOutOfRange, start > position else { throw error }
        advance(by: start - position)
        position = start
        reading = Reading(oldest: nil, isTrimmed: true)
        continue
      }
      for record in chunk.records where record.offset < range.upperBound {
        if reading.oldest == nil { reading.oldest = record.timestamp }
        body(record)
      }
      let next = chunk.positions[partition] ?? position
      advance(by: next - position)
      position = next
    }
    return reading
  }

  /// Reads to where the partition ends when all of it was read: so that of a compacted topic's every key the newest
  /// record was seen, also while others append to it.
  func readToPresentEnd(_ partition: TopicPartition, _ body: (StoredRecord) -> Void) throws(LogError) {
    var position = try reader.bounds(of: partition).lowerBound
    while true {
      let bounds = try reader.bounds(of: partition)
      position = max(position, bounds.lowerBound)
      if position >= bounds.upperBound { return }
      try read(partition, position..<bounds.upperBound, body)
      position = bounds.upperBound
    }
  }

  private func advance(by distance: Int64) {
    done += distance
    progress(min(done, total), total)
  }
}
