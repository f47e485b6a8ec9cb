import Cases
import EventLog
import HeapModule
import Streams
import Time

/// What must hold of all cases together: checks each event as it comes, and what must have followed once all is quiet.
struct Watch {
  private(set) var cases: [CaseID: CaseWatch] = [:]
  private(set) var failures: [Failure] = []
  private(set) var events = 0
  private let days: CountedDays
  private let policy: ReplyPolicy
  private let county: String
  private var personal: [CaseID: [[UInt8]]] = [:]
  /// Cases in which something has happened since all was quiet last.
  private var touched: Set<CaseID> = []
  private var answered: [(lead: CaseID, member: CaseID)] = []
  /// When a deadline or a pause ends, at which something must be said.
  private var ends = Heap<End>()
  private var pauses: [CaseID: Instant] = [:]

  private struct End: Comparable {
    let time: Instant
    let caseID: CaseID

    static func < (left: End, right: End) -> Bool { (left.time, left.caseID) < (right.time, right.caseID) }
  }

  init(_ days: CountedDays, policy: ReplyPolicy, county: String) {
    (self.days, self.policy, self.county) = (days, policy, county)
  }

  /// What may stand nowhere in a case's events.
  mutating func hide(_ texts: [String], in caseID: CaseID) {
    personal[caseID, default: []] += texts.filter { $0.utf8.count > 5 }.map { Array($0.utf8) }
  }

  /// - Returns: the event, and the case as it stands with it.
  mutating func see(_ record: StoredRecord) throws -> (CloudEvent, CaseEvent, CaseSummary)? {
    let (envelope, key) = try CloudEvent.keyed(record)
    guard let id = CaseID(key) else { throw Rejection("the key \(key) is no case id") }
    let event = try CaseEvent(type: envelope.type, data: envelope.data)
    events += 1
    var faults: [Failure] = []
    var watch = cases.removeValue(forKey: id) ?? CaseWatch()
    watch.see(envelope, event, recorded: record.timestamp, days, policy, county: county, of: id) {
      faults.append(Failure(rule: $0, caseID: id.text, sentence: $1))
    }
    cases[id] = watch
    failures += faults
    checkPersonal(record, id)
    touched.insert(id)
    answered += watch.shared.map { (id, $0) }
    guard let summary = watch.summary else { return nil }
    if case .paused(let paused) = event {
      pauses[id] = paused.until.instant
      ends.insert(End(time: paused.until.instant, caseID: id))
    }
    if watch.isMoved {
      ends.insert(End(time: summary.deadline.expires.instant, caseID: id))
    }
    return (envelope, event, summary)
  }

  mutating func seeFeedback(_ record: StoredRecord, _ envelope: CloudEvent, of id: CaseID) throws {
    checkPersonal(record, id)
    if let event = try Carriers.answered(envelope) { cases[id]?.told(event) }
  }

  private mutating func checkPersonal(_ record: StoredRecord, _ id: CaseID) {
    for text in personal[id] ?? [] where record.record.value?.holds(text) == true {
      failures.append(
        Failure(rule: "nothing-personal", caseID: id.text, sentence: "\(record.partition.topic) names its citizen"))
    }
  }

  /// Once all stages have nothing to do.
  mutating func settled(at now: Instant) {
    for id in touched.sorted() {
      guard let watch = cases[id], let summary = watch.summary else { continue }
      if summary.owner == nil { fail("owned", id, "it has no owner") }
      if let event = watch.untold.min() { fail("answers-told", id, "nothing was made of the answer \(event)") }
    }
    touched = []
    for (lead, member) in answered {
      if let summary = cases[member]?.summary, summary.mergedInto == lead, summary.phase == .open {
        fail("merged-answered", member, "it is handled together with \(lead), which was answered alone")
      }
    }
    answered = []
    while let end = ends.min, end.time <= now {
      ends.removeMin()
      checkPassed(end.caseID, now)
    }
  }

  /// The moment by which something had to be said has passed.
  private mutating func checkPassed(_ id: CaseID, _ now: Instant) {
    guard let summary = cases[id]?.summary, summary.phase == .open else { return }
    if summary.stage == .paused, let until = pauses[id], until <= now {
      fail("watched", id, "its pause is over, and it stands still")
    }
    if summary.stage != .paused, !summary.overdue, summary.deadline.expires.instant <= now {
      fail("watched", id, "its deadline has passed in silence")
    }
  }

  mutating func end(at now: Instant) {
    for (id, watch) in cases.sorted(by: { $0.key < $1.key }) where watch.summary?.stage != .closed {
      fail("all-closed", id, "it stands at \(watch.summary?.stage.rawValue ?? "nothing") after all was let run out")
    }
  }

  mutating func fail(_ rule: String, _ id: CaseID?, _ sentence: String) {
    failures.append(Failure(rule: rule, caseID: id?.text, sentence: sentence))
  }

  var open: [CaseSummary] {
    cases.values.compactMap(\.summary).filter { $0.phase == .open }.sorted { $0.id < $1.id }
  }

  var areAllClosed: Bool { cases.values.allSatisfy { $0.summary?.stage == .closed } }
}

extension [UInt8] {
  fileprivate func holds(_ text: [UInt8]) -> Bool {
    guard let first = text.first, count >= text.count else { return false }
    return withUnsafeBufferPointer { bytes in
      var index = 0
      while index <= bytes.count - text.count {
        if bytes[index] == first, bytes[index..<index + text.count].elementsEqual(text) { return true }
        index += 1
      }
      return false
    }
  }
}
