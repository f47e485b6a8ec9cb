import Dispatch
import Foundation
import Offloading
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct OffloadTests {
  struct Failure: Error {}

  @Test func `what the work returns or throws comes back`() async throws {
    let offload = Offload(name: "test", threads: 1)
    #expect(try await offload.run { 7 } == 7)
    await #expect(throws: Failure.self) { try await offload.run { throw Failure() } }
  }

  /// More threads than cores, so that Swift's own could not do it.
  @Test func `as much work blocks at once as there are threads`() async throws {
    let (offload, barrier) = (Offload(name: "test", threads: 32), Barrier(32))
    let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<32 {
        group.addTask {
          try await offload.run {
            barrier.pass()
            return number
          }
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(numbers == Set(0..<32))
  }

  @Test func `work beyond the limit is refused until there is room again`() async throws {
    let offload = Offload(name: "test", threads: 1, limit: 1)
    let (started, gate) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
    async let first: Void = offload.run {
      started.continuation.yield()
      _ = gate.wait(timeout: .now() + .seconds(60))
    }
    for await _ in started.stream { break }
    await #expect(throws: Offload.Refusal.full) { try await offload.run {} }
    gate.signal()
    try await first
    #expect(try await offload.run { 2 } == 2)
  }

  @Test func `its threads end with it, once all work is done`() async throws {
    let (ended, threads) = AsyncStream<Void>.makeStream()
    let barrier = Barrier(2)
    do {
      let offload = Offload(name: "test", threads: 2)
      async let first: Void = offload.run {
        Thread.current.threadDictionary["witness"] = Witness(threads)
        barrier.pass()
      }
      async let second: Void = offload.run {
        Thread.current.threadDictionary["witness"] = Witness(threads)
        barrier.pass()
      }
      _ = try await (first, second)
    }
    var count = 0
    for await _ in ended {
      count += 1
      if count == 2 { break }
    }
  }

  /// Holds up its threads until all of them have come.
  final class Barrier: Sendable {
    private let missing: Mutex<Int>
    private let size: Int
    private let open = DispatchSemaphore(value: 0)

    init(_ size: Int) {
      self.size = size
      missing = Mutex(size)
    }

    func pass() {
      let isLast = missing.withLock { missing in
        missing -= 1
        return missing == 0
      }
      if isLast { for _ in 0..<size { open.signal() } }
      open.wait()
    }
  }

  /// Lives as long as the thread that keeps it.
  final class Witness: Sendable {
    private let ended: AsyncStream<Void>.Continuation

    init(_ ended: AsyncStream<Void>.Continuation) { self.ended = ended }

    deinit { ended.yield() }
  }
}
