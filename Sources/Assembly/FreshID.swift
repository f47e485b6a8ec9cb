import Foundation

/// Ids that nobody can guess.
enum FreshID {
  /// Version 4, as `UUID()` makes them, which opens and reads a file for each.
  static let make: @Sendable () -> String = {
    var random = SystemRandomNumberGenerator()
    var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &bytes) { bytes in
      bytes.storeBytes(of: random.next(), toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: random.next(), toByteOffset: 8, as: UInt64.self)
      bytes[6] = bytes[6] & 0x0f | 0x40
      bytes[8] = bytes[8] & 0x3f | 0x80
    }
    return UUID(uuid: bytes).uuidString.lowercased()
  }
}
