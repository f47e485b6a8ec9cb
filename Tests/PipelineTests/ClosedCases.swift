import Assembly
import Cases
import EventLog
import Time

/// Follows `cases`, and knows what became of each.
final class ClosedCases {
  private let reader: any LogReader
  private var positions: [TopicPartition: Offset] = [:]
  private var ledger = CaseLedger()

  init(in log: any EventLog) throws {
    reader = try log.openReader()
    let partitions = try log.topics().first { $0.name == Topics.cases }?.partitions ?? 0
    for number in 0..<partitions { positions[TopicPartition(Topics.cases, number)] = 0 }
  }

  deinit { reader.close() }

  /// Reads on.
  /// - Returns: how many cases have closed.
  func read(for wait: Duration) throws -> Int {
    let chunk = try reader.read(from: positions, for: wait, limit: BatchLimit(records: 5000, bytes: 16 << 20))
    for record in chunk.records { try ledger.fold(record) }
    positions.merge(chunk.positions) { $1 }
    return ledger.cases.values.count(where: { $0.phase == .closed })
  }

  var facts: [RealMessages.Facts] {
    ledger.report.map {
      RealMessages.Facts(
        case: $0.case, received: $0.received, due: $0.due.description, replied: $0.replied,
        workingDays: $0.workingDays, overdue: $0.overdue)
    }
  }
}
