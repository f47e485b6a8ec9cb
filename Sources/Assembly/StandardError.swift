import Foundation
import Synchronization

/// The standard error stream, for whole lines of several threads.
enum StandardError {
  private static let writing = Mutex<Void>(())

  /// Blocks its thread while whoever reads the stream is slow. What can't be written is given up: there is nowhere to say so.
  static func write(_ line: [UInt8]) {
    writing.withLock { _ in
      line.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let count = Foundation.write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { return }
          rest = rest.dropFirst(count)
        }
      }
    }
  }
}
