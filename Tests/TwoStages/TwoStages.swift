package import EventLog
import Streams

/// A pipeline of two stateful stages with timers, made so that whatever is lost, doubled or out of order in it shows in
/// the end: deeds → `tally` → tallies → `ledger` → pages. Its final state does not depend on when timers fire.
package enum TwoStages {
  package static let deeds = "deeds"
  package static let tallies = "tallies"
  package static let pages = "pages"
  package static let changelogs = [TallyProcessor().changelog, LedgerProcessor().changelog]

  package static func topics(partitions: Int = 4) -> [TopicSpecification] {
    let plain = [deeds, tallies, pages, "dead-letters"].map { name in
      TopicSpecification(name: name, partitions: partitions, cleanup: .delete(after: nil))
    }
    return plain
      + changelogs.map { name in
        TopicSpecification(name: name, partitions: partitions, cleanup: .compact(tombstones: .seconds(86400)))
      }
  }
}
