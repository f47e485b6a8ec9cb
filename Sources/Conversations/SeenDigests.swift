import FoundationEssentials
import Time

/// Digests of what was taken in during the last seven days and the day at hand, by the log's clock: so that a message
/// delivered again changes nothing, though the opinion that it became part of is long sent.
///
/// At most ``maximum``: who sends more than that in a week has the oldest forgotten early, and might say twice what is
/// delivered again that late. Each takes 8 bytes.
struct SeenDigests: Hashable, Codable {
  private struct Day: Hashable, Codable {
    /// Since 1970-01-01, in UTC.
    var number: Int64
    /// Eight bytes each, the low one first, in the order in which they came.
    var digests: Data

    private enum CodingKeys: String, CodingKey {
      case number = "day"
      case digests
    }
  }

  static let maximum = 5000
  private static let size = MemoryLayout<UInt64>.size
  private static let day = Duration.seconds(86_400)

  /// The earliest first; none is empty.
  private var days: [Day] = []

  var isEmpty: Bool { days.isEmpty }
  var count: Int { days.reduce(0) { $0 + $1.digests.count } / Self.size }

  /// When all that is kept now may be forgotten.
  var expiry: Instant? { days.last.map { Self.expiry(of: $0.number) } }

  func contains(_ digest: UInt64) -> Bool {
    days.contains { day in
      day.digests.withUnsafeBytes { bytes in
        var offset = 0
        while offset + Self.size <= bytes.count {
          if UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) == digest {
            return true
          }
          offset += Self.size
        }
        return false
      }
    }
  }

  mutating func insert(_ digest: UInt64, at moment: Instant) {
    let number = Self.number(of: moment)
    let place = days.firstIndex { $0.number >= number } ?? days.endIndex
    if place == days.endIndex || days[place].number != number {
      days.insert(Day(number: number, digests: Data()), at: place)
    }
    withUnsafeBytes(of: digest.littleEndian) { days[place].digests.append(contentsOf: $0) }
    if count > Self.maximum {
      days[0].digests = Data(days[0].digests.dropFirst(Self.size))
      days.removeAll { $0.digests.isEmpty }
    }
  }

  mutating func forget(by moment: Instant) {
    days.removeAll { Self.expiry(of: $0.number) <= moment }
  }

  private static func number(of moment: Instant) -> Int64 {
    let (quotient, remainder) = moment.milliseconds.quotientAndRemainder(dividingBy: day.milliseconds)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static func expiry(of number: Int64) -> Instant {
    Instant(milliseconds: number * day.milliseconds) + day * 8
  }
}
