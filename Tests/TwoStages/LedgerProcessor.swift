package import EventLog
package import Streams
package import Time

/// The second stage: numbers what it reads, and closes the ledger by a timer once all has come. A second timer is
/// replaced with each record and cancelled in the end, so it never fires.
package struct LedgerProcessor: Processor {
  package struct State: Codable, StoredState {
    var sequence = 0
    var lastDeed = 0
    /// Of the deeds' numbers, in the order in which they came.
    var digest = 0
    var echoes = 0
    var sumOfEchoes = 0
    var total: Int?
    var isClosed = false
  }

  package init() {}

  package var name: String { "ledger" }
  package var inputs: [String] { [TwoStages.tallies] }

  package func decode(_ record: StoredRecord) throws(Rejection) -> (key: [UInt8], tally: Tally) {
    (record.record.key ?? [], try JSONForm.value(Tally.self, of: record.record))
  }

  package func process(
    _ input: (key: [UInt8], tally: Tally), state: inout State?, at time: Instant
  ) throws(Rejection) -> [Effect] {
    var next = state ?? State()
    let tally = input.tally
    next.sequence += 1
    if tally.isEcho {
      next.echoes += 1
      next.sumOfEchoes += tally.number
    } else {
      guard tally.number == next.lastDeed + 1 else {
        throw Rejection("the tally of deed \(tally.number) comes after that of \(next.lastDeed)")
      }
      next.lastDeed = tally.number
      next.digest = (next.digest &* 31 &+ tally.number) & 0xffff_ffff
    }
    next.total = tally.total ?? next.total
    state = next
    var effects = [
      emit(Page(sequence: next.sequence, number: tally.number, kind: tally.isEcho ? .echo : .deed), input.key),
      .schedule("quiet", generation: next.sequence, at: time + .seconds(3600)),
    ]
    if next.sequence == next.total {
      effects += [.cancel("quiet"), .schedule("closing", generation: 1, at: time)]
    }
    return effects
  }

  package func punctuate(_ timer: Timer, state: inout State?, at time: Instant) -> [Effect] {
    let sequence = (state?.sequence ?? 0) + 1
    state?.sequence = sequence
    state?.isClosed = true
    let number = timer.kind == "closing" ? 0 : -1
    return [emit(Page(sequence: sequence, number: number, kind: .closing), timer.key)]
  }

  private func emit(_ page: Page, _ key: [UInt8]) -> Effect {
    .emit(to: TwoStages.pages, Record(key: key, value: JSONForm.bytes(of: page)))
  }
}
