import Cases
import EventLog
import Streams
import Testing
import Time
import Tracking

/// 并案: one handling, and each citizen answered.
struct TogetherTests {
  /// Plays relay: takes what it has not seen of a case's events to the cases that they concern.
  struct Town {
    var bench = Bench(policy: Life.policy)
    private var relayed: [String: Int] = [:]

    init(_ cases: String...) {
      for id in cases { bench.open(id) }
      bench.pass(to: "06-01T12:00")
    }

    mutating func give(_ command: CaseCommand, to id: String) throws {
      bench.give(command, to: id)
      try relay()
    }

    mutating func relay() throws {
      var isBusy = true
      while isBusy {
        isBusy = false
        for (id, events) in bench.events.sorted(by: { $0.key < $1.key }) {
          for emitted in events.dropFirst(relayed[id] ?? 0) {
            isBusy = true
            try tell(emitted, of: id)
          }
          relayed[id] = events.count
        }
      }
    }

    private mutating func tell(_ emitted: Bench.Emitted, of id: String) throws {
      let processor = RelayProcessor()
      let envelope = CloudEvent(
        id: emitted.id, source: Sources.track, type: emitted.event.type, subject: id, time: emitted.time,
        extensions: [:], data: emitted.event.data)
      let record = StoredRecord(
        partition: TopicPartition(Topics.cases, 0), offset: 0, timestamp: bench.now,
        record: envelope.record(key: Array(id.utf8)))
      var state: Never?
      for effect in processor.process(try processor.decode(record), state: &state, at: bench.now) {
        guard case .emit(Topics.commands, let record) = effect else { continue }
        bench.read(record)
      }
    }
  }

  private func merge(into id: String) -> CaseCommand { .merge(CaseCommand.Merge(by: "总站", into: caseID(id))) }

  @Test func `the answer of the one that leads reaches each of the others, once`() throws {
    var town = Town("a", "b", "c")
    try town.give(merge(into: "a"), to: "b")
    try town.give(merge(into: "a"), to: "c")
    #expect(try town.bench.summary("a").members == [caseID("b"), caseID("c")])
    #expect(try town.bench.summary("b").mergedInto == caseID("a"))
    try town.give(Samples.reply(), to: "a")
    for id in ["a", "b", "c"] {
      #expect(town.bench.names(id).filter { $0 == "replied" }.count == 1)
      #expect(try town.bench.summary(id).reply == "已修复")
      #expect(town.bench.timers(id).keys.sorted() == ["delivery"])
    }
  }

  @Test func `each rates on their own, and one that isn't satisfied goes its own way`() throws {
    var town = Town("a", "b", "c")
    try town.give(merge(into: "a"), to: "b")
    try town.give(Samples.reply(), to: "a")
    try town.give(.rate(CaseCommand.Rate(satisfaction: .unsatisfied)), to: "b")
    #expect(try town.bench.summary("b").stage == .assigned)
    #expect(try town.bench.summary("b").mergedInto == nil)
    #expect(try town.bench.summary("a").stage == .replied)
    #expect(try town.bench.summary("a").rating == nil)
  }

  @Test func `a lead that is taken up again answers nobody else a second time`() throws {
    var town = Town("a", "b")
    try town.give(merge(into: "a"), to: "b")
    try town.give(Samples.reply(), to: "a")
    try town.give(.rate(CaseCommand.Rate(satisfaction: .satisfied)), to: "b")
    try town.give(.rate(CaseCommand.Rate(satisfaction: .unsatisfied)), to: "a")
    try town.give(Samples.reply(), to: "a")
    #expect(town.bench.names("b").filter { $0 == "replied" }.count == 1)
    #expect(try town.bench.summary("b").rating == .satisfied)
  }

  @Test func `a second answer of the lead reaches the others as well`() throws {
    var town = Town("a", "b")
    try town.give(merge(into: "a"), to: "b")
    try town.give(Samples.reply(), to: "a")
    try town.give(Samples.reply(), to: "a")
    #expect(town.bench.names("b").filter { $0 == "replied" }.count == 2)
  }

  @Test func `one that was answered on its own isn't answered again with the others`() throws {
    var town = Town("a", "b")
    try town.give(merge(into: "a"), to: "b")
    try town.give(Samples.reply(), to: "b")
    try town.give(Samples.reply(), to: "a")
    #expect(town.bench.names("b").filter { $0 == "replied" }.count == 1)
    #expect(town.bench.names("b").last == "refused-command")
  }

  @Test func `one that would follow again what has been answered meanwhile goes its own way`() throws {
    var town = Town("a", "b")
    try town.give(merge(into: "a"), to: "b")
    try town.give(Samples.reply(), to: "a")
    try town.give(.rate(CaseCommand.Rate(satisfaction: .unsatisfied)), to: "b")
    try town.give(merge(into: "a"), to: "b")
    #expect(town.bench.names("b").suffix(2) == ["merged", "unmerged"])
  }

  @Test func `a refusal is passed on as an answer is`() throws {
    var town = Town("a", "b")
    try town.give(merge(into: "a"), to: "b")
    try town.give(.refuse(CaseCommand.Refuse(by: "总站", reason: "已在诉讼中")), to: "a")
    #expect(try town.bench.summary("b").isRefused)
  }

  @Test func `what is taken apart is answered on its own`() throws {
    var town = Town("a", "b")
    try town.give(merge(into: "a"), to: "b")
    try town.give(.unmerge(CaseCommand.Unmerge(by: "总站")), to: "b")
    #expect(town.bench.names("a").suffix(2) == ["joined", "parted"])
    #expect(try town.bench.summary("b").stage == .assigned)
    try town.give(Samples.reply(), to: "a")
    #expect(!town.bench.names("b").contains("replied"))
    #expect(town.bench.timers("b")["overdue"] != nil)
  }

  @Test func `two that would follow each other follow neither`() throws {
    var town = Town("a", "b")
    town.bench.give(merge(into: "b"), to: "a")
    town.bench.give(merge(into: "a"), to: "b")
    try town.relay()
    #expect(try town.bench.summary("a").stage == .assigned)
    #expect(try town.bench.summary("b").stage == .assigned)
    #expect(town.bench.names("a").contains("merge-declined"))
    #expect(town.bench.names("b").contains("merge-declined"))
  }

  @Test func `one that leads can't follow, and one that follows can't lead`() throws {
    var town = Town("a", "b", "c")
    try town.give(merge(into: "a"), to: "b")
    try town.give(merge(into: "c"), to: "a")
    #expect(town.bench.names("a").last == "refused-command")
    try town.give(merge(into: "b"), to: "c")
    #expect(town.bench.names("b").last == "merge-declined")
    #expect(town.bench.names("c").suffix(2) == ["merged", "unmerged"])
  }

  @Test func `what is answered already takes no other in`() throws {
    var town = Town("a", "b")
    try town.give(Samples.reply(), to: "a")
    try town.give(merge(into: "a"), to: "b")
    #expect(town.bench.names("b").suffix(2) == ["merged", "unmerged"])
    #expect(try town.bench.summary("b").stage == .assigned)
  }

  @Test func `an answer that comes after it was taken apart is refused`() throws {
    var town = Town("a", "b")
    try town.give(merge(into: "a"), to: "b")
    town.bench.give(.unmerge(CaseCommand.Unmerge(by: "总站")), to: "b")
    // The lead doesn't know yet.
    town.bench.give(Samples.reply(), to: "a")
    try town.relay()
    #expect(town.bench.names("b").contains("refused-command"))
    #expect(!town.bench.names("b").contains("replied"))
  }

  @Test func `an answer from before its own opinion came counts from then`() throws {
    var town = Town("a")
    town.bench.pass(to: "06-05T10:00")
    town.bench.open("b")
    try town.give(merge(into: "a"), to: "b")
    town.bench.send(Samples.reply(), to: "a", id: "r", at: time("06-04T10:00"))
    try town.relay()
    #expect(town.bench.names("b").last == "replied")
    guard case .replied(let replied) = try town.bench.last("b").event else { return }
    #expect(replied.at == time("06-05T10:00"))
  }

  @Test func `a case can't be handled together with itself`() throws {
    var town = Town("a")
    try town.give(merge(into: "a"), to: "a")
    #expect(town.bench.names("a").last == "refused-command")
  }

  @Test func `a case that isn't there holds what was to follow it until somebody acts, and its deadline runs`() throws {
    var town = Town("b")
    try town.give(merge(into: "nowhere"), to: "b")
    #expect(town.bench.heldCount("nowhere") == 1)
    #expect(town.bench.timers("b")["overdue"] != nil)
    town.bench.pass(to: "06-03T12:00")
    #expect(town.bench.deadLetters.count == 1)
  }
}
