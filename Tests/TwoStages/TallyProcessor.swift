package import EventLog
package import Streams
package import Time

/// The first stage: passes each deed on, and again when the deed's timer comes.
package struct TallyProcessor: Processor {
  package struct State: Codable, StoredState {
    var last = 0
    /// Of the deeds' numbers, in the order in which they came.
    var digest = 0
    /// In ascending order.
    var echoes: [Int] = []
  }

  package init() {}

  package var name: String { "tally" }
  package var inputs: [String] { [TwoStages.deeds] }

  package func decode(_ record: StoredRecord) throws(Rejection) -> (key: [UInt8], deed: Deed) {
    (record.record.key ?? [], try JSONForm.value(Deed.self, of: record.record))
  }

  package func process(
    _ input: (key: [UInt8], deed: Deed), state: inout State?, at time: Instant
  ) throws(Rejection) -> [Effect] {
    var next = state ?? State()
    let deed = input.deed
    guard deed.number == next.last + 1 else {
      throw Rejection("deed \(deed.number) comes after \(next.last)")
    }
    next.last = deed.number
    next.digest = (next.digest &* 31 &+ deed.number) & 0xffff_ffff
    state = next
    var effects = [emit(Tally(number: deed.number, isEcho: false, total: deed.total), input.key)]
    if let moment = deed.echoAt {
      let due = Instant(milliseconds: moment)
      effects.append(.schedule("echo-\(deed.number)", generation: deed.number, at: due))
    }
    return effects
  }

  package func punctuate(_ timer: Timer, state: inout State?, at time: Instant) -> [Effect] {
    state?.echoes.append(timer.generation)
    state?.echoes.sort()
    return [emit(Tally(number: timer.generation, isEcho: true, total: nil), timer.key)]
  }

  private func emit(_ tally: Tally, _ key: [UInt8]) -> Effect {
    .emit(to: TwoStages.tallies, Record(key: key, value: JSONForm.bytes(of: tally)))
  }
}
