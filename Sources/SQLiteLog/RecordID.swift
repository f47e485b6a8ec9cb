import EventLog

/// A record's row: the partition's id above 40 bits of offset, so that each partition's records lie together in order.
/// A trillion offsets per partition: at a thousand a second, 34 years.
enum RecordID {
  static let offsets: Int64 = 1 << 40

  static func of(_ offset: Offset, in partition: Int64) -> Int64 {
    (partition << 40) + offset
  }

  static func offset(of id: Int64) -> Offset {
    id & (offsets - 1)
  }

  static func range(_ offsets: Range<Offset>, in partition: Int64) -> Range<Int64> {
    of(offsets.lowerBound, in: partition)..<of(offsets.upperBound, in: partition)
  }
}
