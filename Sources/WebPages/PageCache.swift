package import HTTPValues
import Synchronization
package import Time

/// Pages that are the same for everybody, made once for each state of what they show, however many ask for them at once.
///
/// Not for a page that shows who has signed in.
package final class PageCache<Key: Hashable & Sendable>: Sendable {
  private struct Entry {
    let version: Int
    let minute: Int64
    let page: Task<Response, any Error>
  }

  private let entries = Mutex<[Key: Entry]>([:])
  private let limit: Int

  /// - Parameter limit: how many pages are kept at most.
  package init(limit: Int = 100) {
    self.limit = limit
  }

  /// The page of that state, made within the same minute: much of what a page shows goes by the clock.
  ///
  /// - Parameters:
  ///   - key: what the page depends on beside the state, such as its language.
  ///   - version: of the state, asked for before anything is read.
  ///   - make: its failure is told to all who wait for the page, and not kept.
  package func page(
    _ key: Key, version: Int, at now: Instant, make: @escaping @Sendable () async throws -> Response
  ) async throws -> Response {
    let minute = now.milliseconds / 60_000
    let page = entries.withLock { entries in
      if let entry = entries[key], entry.version == version, entry.minute == minute { return entry.page }
      if entries[key] == nil, entries.count >= limit { entries = [:] }
      let page = Task { try await make() }
      entries[key] = Entry(version: version, minute: minute, page: page)
      return page
    }
    do {
      return try await page.value
    } catch {
      entries.withLock { entries in
        if entries[key]?.page == page { entries[key] = nil }
      }
      throw error
    }
  }
}
