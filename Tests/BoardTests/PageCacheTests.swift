import HTTPValues
import Synchronization
import Testing
import Time
import WebPages

struct PageCacheTests {
  private struct Broken: Error {}

  /// Counts how often a page is made.
  private final class Press: Sendable {
    private let made = Mutex(0)
    var count: Int { made.withLock { $0 } }

    @Sendable func print() async throws -> Response {
      .text("\(made.withLock { made in made += 1; return made })")
    }
  }

  private let noon = Instant(milliseconds: 1_800_000_000_000)

  @Test func `a page is made once for each state, minute and key`() async throws {
    let (cache, press) = (PageCache<String>(), Press())
    for _ in 0..<3 {
      #expect(try await cache.page("zh", version: 1, at: noon, make: press.print) == .text("1"))
    }
    #expect(try await cache.page("zh", version: 2, at: noon, make: press.print) == .text("2"))
    #expect(try await cache.page("en", version: 2, at: noon, make: press.print) == .text("3"))
    #expect(try await cache.page("zh", version: 2, at: noon + .seconds(59), make: press.print) == .text("2"))
    #expect(try await cache.page("zh", version: 2, at: noon + .seconds(60), make: press.print) == .text("4"))
  }

  @Test func `many who ask at once wait for the same page`() async throws {
    let (cache, press) = (PageCache<String>(), Press())
    let noon = noon
    try await withThrowingTaskGroup(of: Response.self) { group in
      for _ in 0..<200 { group.addTask { try await cache.page("zh", version: 1, at: noon, make: press.print) } }
      for try await page in group { #expect(page == .text("1")) }
    }
    #expect(press.count == 1)
  }

  @Test func `a failure is told and not kept`() async throws {
    let (cache, press) = (PageCache<String>(), Press())
    await #expect(throws: Broken.self) { try await cache.page("zh", version: 1, at: noon) { throw Broken() } }
    #expect(try await cache.page("zh", version: 1, at: noon, make: press.print) == .text("1"))
  }

  @Test func `no more pages are kept than there may be`() async throws {
    let (cache, press) = (PageCache<Int>(limit: 2), Press())
    for key in 0..<3 { _ = try await cache.page(key, version: 1, at: noon, make: press.print) }
    #expect(try await cache.page(2, version: 1, at: noon, make: press.print) == .text("3"))
    #expect(try await cache.page(0, version: 1, at: noon, make: press.print) == .text("4"))
  }
}
