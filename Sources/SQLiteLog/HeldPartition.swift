import EventLog
import GRDB
import Logging

/// A partition of a member, and how far the member has come in it.
struct HeldPartition {
  let id: Int64
  let partition: TopicPartition
  /// The generation in which the member got it: another one means that it was away in between.
  let epoch: Int64
  let first: Offset
  let end: Offset
  var position: Offset

  /// All that a member has in one snapshot, at the committed offsets, in order of their ids.
  ///
  /// A partition without a committed offset begins at its first record.
  static func all(
    of member: String, in group: Int64, named partitions: [Int64: TopicPartition], db: Database
  ) throws -> [HeldPartition] {
    var held: [HeldPartition] = []
    let rows = try db.rows(
      """
      SELECT a.partition, a.epoch, p.first, p.next, o.offset FROM assignments a JOIN partitions p ON p.id = a.partition
      LEFT JOIN offsets o ON o.consumer_group = a.consumer_group AND o.partition = a.partition
      WHERE a.consumer_group = ? AND a.member = ? ORDER BY a.partition
      """, [group, member])
    while let row = try rows.next() {
      guard let partition = partitions[row[0]] else { continue }
      let committed: Offset? = row[4]
      held.append(
        HeldPartition(
          id: row[0], partition: partition, epoch: row[1], first: row[2], end: row[3], position: committed ?? row[2]))
    }
    return held
  }

  /// Moves a position outside of the partition back into it, and says so: records were deleted before they were read,
  /// or the log is not the one that the position is of.
  mutating func keepInside(group: String, logger: Logger) {
    if position < first {
      logger.warning(
        "records were deleted before they were read",
        metadata: ["group": "\(group)", "partition": "\(partition)", "skipped": "\(first - position)"])
      position = first
    } else if position > end {
      logger.error(
        "a committed offset lies after the end of its partition; beginning again at the first record",
        metadata: ["group": "\(group)", "partition": "\(partition)", "offset": "\(position)", "end": "\(end)"])
      position = first
    }
  }
}
