import Cases
import Dispatch
import EventLog
import Streams
import Synchronization

extension RecordedEvent {
  static func read(_ stored: StoredRecord) -> Result<RecordedEvent, Rejection> {
    Result { () throws(Rejection) in try RecordedEvent(stored) }
  }

  /// The event of each record of `cases`, in their order; `nil` for a record of another topic.
  ///
  /// Half of the work of building a model, and of no order among the records: many are read on all cores at once.
  static func readAll(_ records: [StoredRecord]) -> [Result<RecordedEvent, Rejection>?] {
    @Sendable func read(_ records: ArraySlice<StoredRecord>) -> [Result<RecordedEvent, Rejection>?] {
      records.map { $0.partition.topic == Topics.cases ? Self.read($0) : nil }
    }
    guard records.count > share else { return read(records[...]) }
    let shares = (records.count + share - 1) / share
    let found = Mutex<[Int: [Result<RecordedEvent, Rejection>?]]>([:])
    DispatchQueue.concurrentPerform(iterations: shares) { number in
      let events = read(records[number * share..<min(records.count, (number + 1) * share)])
      found.withLock { $0[number] = events }
    }
    return found.withLock { found in (0..<shares).flatMap { found[$0] ?? [] } }
  }

  /// Records that are worth a thread's while.
  private static let share = 500
}
