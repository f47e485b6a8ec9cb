import SeededRandom
import Foundation
import Testing
import TwoStages

/// What worker processes over one log are put through, wherever it lives.
struct Ordeal {
  let home: Home

  /// They are killed again and again while records flow.
  func kill(keys: Int = 200) throws {
    var generator = SeededGenerator.announced(for: "kills on \(home)")
    let station = try Station(on: home, keys: keys, SeededGenerator(seed: generator.next()))
    for _ in 0..<10 { try station.publishRound() }
    var killer = Killer(station, generator)
    try killer.run(insideOfCommits: 16, atRandomMoments: 12)
    try station.finish([try station.start("tally", as: "tally-0"), try station.start("ledger", as: "ledger-1")])
    let flowed = station.elapsed
    try Verdict(on: station).pass()
    print(
      """
      kills: \(killer.killsInsideOfCommits) inside of a commit, \(killer.killsAtRandomMoments) at random moments, among \
      \(station.load.deeds) deeds and \(station.load.echoes) echoes; \(flowed), \(station.elapsed) with the verdict
      """)
    #expect(killer.killsInsideOfCommits >= 10)
    #expect(killer.killsInsideOfCommits + killer.killsAtRandomMoments >= 20)
    #expect(station.load.deeds >= 11 * keys)
  }

  /// One stops with a batch in hand until another does its work, and goes on.
  /// - Parameter moment: before its fourth commit, or at a stage of it.
  func stop(at moment: String = "4") throws {
    let station = try Station(on: home, keys: 100, SeededGenerator.announced(for: "stop at \(moment) on \(home)"))
    for _ in 0..<4 { try station.publishRound() }
    let session = home.session
    let sleeper = try station.start("tally", as: "sleeper", session: session, ["stops-at": moment])
    let ledger = try station.start("ledger", as: "ledger", session: session)
    try station.wait(for: "the sleeper to stop with a batch in hand") {
      try station.check(sleeper)
      return sleeper.marks.hasSuffix("s") && sleeper.isStopped
    }
    let before = try station.counted(TwoStages.tallies)
    #expect(before < station.load.deeds)
    let heir = try station.start("tally", as: "heir", session: session)
    let all = station.load.deeds + station.load.echoes
    try station.wait(for: "the heir to do the sleeper's work") {
      try station.check(heir)
      return try station.counted(TwoStages.tallies) >= all
    }
    #expect(sleeper.isStopped)
    sleeper.send(SIGCONT)
    try station.wait(for: "the sleeper to learn what came of its batch") {
      try station.check(sleeper)
      return !sleeper.marks.hasSuffix("s")
    }
    // Once more all of them have to do.
    for _ in 0..<2 { try station.publishRound() }
    try station.finish([sleeper, heir, ledger])
    #expect(sleeper.marks == "1su", "what the sleeper held in hand was undone")
    try Verdict(on: station).pass()
    print("stopped at \(moment) on \(home): \(station.elapsed)")
  }

  /// One worker becomes four, and one again.
  func scale() throws {
    let station = try Station(on: home, keys: 100, SeededGenerator.announced(for: "scale on \(home)"))
    for _ in 0..<3 { try station.publishRound() }
    let first = try station.start("tally", as: "tally-1")
    let ledger = try station.start("ledger", as: "ledger")
    try station.wait(for: "the first worker's first commit") { first.marks.contains("1") }
    let others = try (2...4).map { try station.start("tally", as: "tally-\($0)") }
    try station.wait(for: "all four to commit") {
      for worker in others + [first] { try station.check(worker) }
      try station.feed()
      return others.allSatisfy { $0.marks.contains("1") }
    }
    for _ in 0..<3 { try station.publishRound() }
    try station.stop(others)
    for _ in 0..<3 { try station.publishRound() }
    try station.finish([first, ledger])
    try Verdict(on: station).pass()
    print("scaled on \(home): \(station.load.deeds) deeds, \(station.elapsed)")
  }
}
