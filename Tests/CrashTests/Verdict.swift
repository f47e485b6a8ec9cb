import EventLog
import Foundation
import Logging
import SQLiteLog
import Streams
import Testing
import Time
import TwoStages

/// Holds what a log holds in the end against what was published: every record once and in order, every timer once, and
/// the state that of a run that nothing disturbed.
struct Verdict {
  private let load: Load
  private let contents: LogContents

  init(on station: Station) {
    load = station.load
    contents = station.contents
  }

  func pass() throws {
    try checkTallies()
    try checkPages()
    #expect(try contents.count(of: "dead-letters") == 0)
    let undisturbed = try undisturbedStates()
    for changelog in TwoStages.changelogs {
      let state = try contents.folded(changelog)
      #expect(state.count == load.count)
      let isTheSame = state == undisturbed[changelog]
      #expect(isTheSame, "the state that \(changelog) leaves")
    }
  }

  private func checkTallies() throws {
    let tallies = try values(Tally.self, of: TwoStages.tallies)
    #expect(tallies.count == load.count)
    for key in 0..<load.count {
      let own = tallies[Load.name(of: key)] ?? []
      #expect(own.filter { !$0.isEcho }.map(\.number) == Array(1...load.deeds(of: key)), "tallies of key \(key)")
      #expect(own.filter(\.isEcho).map(\.number).sorted() == load.echoes(of: key), "echoes of key \(key)")
    }
  }

  private func checkPages() throws {
    let pages = try values(Page.self, of: TwoStages.pages)
    #expect(pages.count == load.count)
    for key in 0..<load.count {
      let own = pages[Load.name(of: key)] ?? []
      #expect(own.map(\.sequence) == Array(1...own.count), "pages of key \(key)")
      #expect(own.filter { $0.kind == .deed }.map(\.number) == Array(1...load.deeds(of: key)), "pages of key \(key)")
      #expect(own.filter { $0.kind == .echo }.map(\.number).sorted() == load.echoes(of: key), "echoes of key \(key)")
      #expect(own.filter { $0.kind == .closing }.map(\.number) == [0], "closings of key \(key)")
      #expect(own.last?.kind == .closing)
    }
  }

  private func values<Value: Decodable>(_: Value.Type, of topic: String) throws -> [String: [Value]] {
    var values: [String: [Value]] = [:]
    for record in try contents.records(of: topic).map(\.record) {
      values[String(decoding: record.key ?? [], as: UTF8.self), default: []].append(
        try JSONForm.value(Value.self, of: record))
    }
    return values
  }

  /// One worker of each stage works through the same deeds in memory, on a clock that is driven past all echoes.
  private func undisturbedStates() throws -> [String: [[UInt8]: [UInt8]]] {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let clock = DrivenClock(Station.now())
    let now: @Sendable () -> Instant = { clock.now }
    let log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: logger, now: now))
    _ = try log.create(TwoStages.topics())
    _ = try log.openPublisher(as: "undisturbed").publish(load.outputs)
    clock.advance(by: .seconds(3600))
    let settings = WorkerSettings(member: "undisturbed")
    let tally = Worker(TallyProcessor(), log: log, settings: settings, now: now, logger: logger)
    let ledger = Worker(LedgerProcessor(), log: log, settings: settings, now: now, logger: logger)
    while try tally.step(wait: .zero) {}
    while try ledger.step(wait: .zero) {}
    var states: [String: [[UInt8]: [UInt8]]] = [:]
    for changelog in TwoStages.changelogs { states[changelog] = try LogContents(of: log).folded(changelog) }
    return states
  }
}
