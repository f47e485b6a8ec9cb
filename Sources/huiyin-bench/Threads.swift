import Foundation

/// Work that blocks, each on a thread of its own.
enum Threads {
  /// Returns when all have ended.
  static func run(_ count: Int, _ work: @escaping @Sendable (_ number: Int) -> Void) {
    start(count, work)()
  }

  /// - Returns: what waits until all have ended.
  static func start(_ count: Int, _ work: @escaping @Sendable (_ number: Int) -> Void) -> () -> Void {
    let ended = DispatchSemaphore(value: 0)
    for number in 0..<count {
      let thread = Thread {
        work(number)
        ended.signal()
      }
      thread.stackSize = 1 << 19
      thread.start()
    }
    return { for _ in 0..<count { ended.wait() } }
  }
}
