import EventLog
import Streams

/// What the changelogs tell of timers and of records that wait, as of the moment when each was read.
struct Changelogs {
  /// By key, the generation of each timer of `track` that is set.
  private(set) var timers: [[UInt8]: [Streams.Timer.Kind: Int]] = [:]
  private(set) var parkedKeys = 0
  /// `track` goes by rules that came through the log.
  private(set) var hasRules = false
  private var heldRecords: [Name: Place] = [:]
  private var parked: Set<Name> = []

  private struct Name: Hashable {
    let stage: Stage
    let key: [UInt8]
    let number: UInt64
  }

  /// Input records that a stage has taken in and put aside.
  var held: Set<Place> { Set(heldRecords.values) }

  mutating func take(_ record: ChangelogRecord, of stage: Stage) {
    switch record {
    case .entry(let key, let timers, let isParked):
      if stage == .track {
        let generations = Dictionary(timers.map { ($0.kind, $0.generation) }, uniquingKeysWith: { $1 })
        self.timers[key] = generations.isEmpty ? nil : generations
      }
      let name = Name(stage: stage, key: key, number: 0)
      if isParked { parked.insert(name) } else { parked.remove(name) }
    case .noEntry(let key):
      if stage == .track { timers[key] = nil }
      parked.remove(Name(stage: stage, key: key, number: 0))
    case .held(let key, let number, let record):
      heldRecords[Name(stage: stage, key: key, number: number)] = Place(record)
    case .letGo(let key, let number): heldRecords[Name(stage: stage, key: key, number: number)] = nil
    case .rules: hasRules = hasRules || stage == .track
    case .revising, .revised: break
    }
    parkedKeys = parked.count
  }
}
