import SeededRandom
import Foundation
import GivenBroker
import Synchronization
import Testing
import TwoStages

/// The broker is killed under worker processes, of which some begin while it is away and some die meanwhile.
struct BrokerOrdeal {
  let brokers: String
  private static let restarts = 3

  func run() throws {
    let station = try Station(
      on: .kafka(brokers: brokers), keys: 100, SeededGenerator.announced(for: "the broker's restarts"))
    for _ in 0..<5 { try station.publishRound() }
    var tally = try station.start("tally", as: "tally-1")
    var workers = try [
      station.start("tally", as: "tally-2"), station.start("ledger", as: "ledger-1"),
      station.start("ledger", as: "ledger-2"),
    ]
    try station.wait(for: "each worker's first commit") { (workers + [tally]).allSatisfy { $0.marks.contains("1") } }
    for number in 1...Self.restarts {
      try station.publishRound(times: 10)
      let before = try station.counted(TwoStages.tallies)
      #expect(before < station.load.deeds + station.load.echoes, "there is work to do while the broker dies")
      let restart = Restart()
      // Those that die and begin do so while there is no broker, or one that is only just back.
      tally.send(SIGKILL)
      try station.wait(for: "the worker to die") { tally.end != nil }
      tally = try station.start("tally", as: "tally-1")
      workers.append(try station.start("ledger", as: "ledger-late-\(number)"))
      try station.wait(for: "the broker to be back") {
        try station.feed()
        return restart.isDone
      }
      try restart.check()
      try station.wait(for: "more tallies") {
        for worker in workers + [tally] { try station.check(worker) }
        return try station.counted(TwoStages.tallies) > before
      }
    }
    try station.finish(workers + [tally])
    let flowed = station.elapsed
    try Verdict(on: station).pass()
    print(
      """
      broker killed and restarted \(Self.restarts) times among \(station.load.deeds) deeds and \(station.load.echoes) \
      echoes: \(flowed), \(station.elapsed) with the verdict
      """)
  }
}

/// A restart of the broker that goes on beside the test.
private final class Restart: Sendable {
  private let result = Mutex<Result<Void, any Error>?>(nil)

  init() {
    Thread { [self] in
      let result = Result { try GivenBroker.restart() }
      self.result.withLock { $0 = result }
    }.start()
  }

  var isDone: Bool { result.withLock { $0 != nil } }

  func check() throws { try result.withLock { try $0?.get() } }
}
