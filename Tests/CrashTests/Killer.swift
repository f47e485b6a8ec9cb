import SeededRandom
import Foundation
import Testing

/// Keeps three workers going, of both stages, and kills them again and again.
struct Killer {
  private struct Slot {
    let worker: WorkerProcess
    /// When the parent kills it; `nil` for one that kills itself inside of a commit.
    let killAt: ContinuousClock.Instant?
  }

  private static let slots = 3
  private let station: Station
  private var generator: SeededGenerator
  private var slots: [Slot] = []
  private var starts = 0
  private(set) var killsInsideOfCommits = 0
  private(set) var killsAtRandomMoments = 0

  init(_ station: Station, _ generator: SeededGenerator) {
    self.station = station
    self.generator = generator
  }

  /// - Returns: the workers of the last slots are dead, too.
  mutating func run(insideOfCommits inside: Int, atRandomMoments random: Int) throws {
    for slot in 0..<Self.slots { slots.append(try start(slot, suicidal: slot != 1)) }
    try station.wait(for: "\(inside) + \(random) kills") {
      try station.feed()
      for index in slots.indices {
        guard let end = slots[index].worker.end else {
          if let moment = slots[index].killAt, ContinuousClock.now >= moment { slots[index].worker.send(SIGKILL) }
          continue
        }
        try count(slots[index], end)
        // Whichever kind is missing more comes next.
        let suicidal = inside - killsInsideOfCommits > random - killsAtRandomMoments
        slots[index] = try start(index, suicidal: suicidal)
      }
      return killsInsideOfCommits >= inside && killsAtRandomMoments >= random
    }
    for slot in slots { slot.worker.send(SIGKILL) }
    try station.wait(for: "the last to die") { slots.allSatisfy { $0.worker.end != nil } }
    for slot in slots { try count(slot, slot.worker.end ?? .exit(0)) }
  }

  private mutating func count(_ slot: Slot, _ end: WorkerProcess.End) throws {
    guard end == .signal(SIGKILL) else {
      throw Station.GaveUp(description: "a worker ended by itself, \(end):\n\(slot.worker.lastWords)")
    }
    if slot.worker.marks.contains("k") { killsInsideOfCommits += 1 } else { killsAtRandomMoments += 1 }
  }

  private mutating func start(_ slot: Int, suicidal: Bool) throws -> Slot {
    starts += 1
    let stage = slot == 0 ? "tally" : slot == 1 ? "ledger" : Bool.random(using: &generator) ? "tally" : "ledger"
    // Mostly under the id of the one that was killed; sometimes that one's partitions wait for its session's end.
    let isNew = Int.random(in: 0..<4, using: &generator) == 0
    let member = isNew ? "\(stage)-new-\(starts)" : "\(stage)-\(slot)"
    if suicidal {
      let commit = Int.random(in: 1...6, using: &generator)
      let moment = station.home.moments[Int.random(in: station.home.moments.indices, using: &generator)]
      let delay = Int.random(in: moment.delay, using: &generator)
      let order = "\(commit):\(moment.stage):\(delay)"
      return Slot(worker: try station.start(stage, as: member, ["dies-at": order]), killAt: nil)
    }
    let worker = try station.start(stage, as: member)
    let life = Duration.milliseconds(Int.random(in: station.home.lives, using: &generator))
    return Slot(worker: worker, killAt: .now + life)
  }
}
