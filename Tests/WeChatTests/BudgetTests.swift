import Synchronization
import Testing
import Time
import WeChat

struct BudgetTests {
  private let now = Instant(milliseconds: 1000)

  @Test func `what comes in time is given back`() async {
    let budget = Budget(.seconds(2), clock: { now }, wait: Callback.untilCancelled)
    #expect(await budget.within { 7 } == 7)
  }

  @Test func `what hangs is left behind when the time is up`() async {
    let budget = Budget(.seconds(2), clock: { now }, wait: { _ in })
    let late: Int? = await budget.within {
      await withUnsafeContinuation { (_: UnsafeContinuation<Int, Never>) in }
    }
    #expect(late == nil)
  }

  @Test func `several waits share one budget, and a clock that is set back gives no more`() async {
    let clock = Mutex(now)
    let waited = Mutex<[Duration]>([])
    let budget = Budget(.seconds(2), clock: { clock.withLock { $0 } }) { duration in
      waited.withLock { $0.append(duration) }
    }
    let hang: @Sendable () async -> Int = { await withUnsafeContinuation { (_: UnsafeContinuation<Int, Never>) in } }
    clock.withLock { $0 = Instant(milliseconds: 1500) }
    #expect(await budget.within(hang) == nil)
    clock.withLock { $0 = Instant(milliseconds: -9000) }
    #expect(await budget.within(hang) == nil)
    clock.withLock { $0 = Instant(milliseconds: 3000) }
    #expect(await budget.within { 7 } == nil)
    #expect(waited.withLock { $0 } == [.milliseconds(1500), .seconds(2)])
  }
}
