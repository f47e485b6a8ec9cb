import EventLog
import Streams

/// Where a record of an input topic stands between the log and the stage that reads it.
enum Standing {
  /// For the stage's worker itself.
  case control
  /// In another partition than its key's, and sent on to that.
  case forwarded
  /// In another partition than its key's, where its reader has not come yet.
  case toForward
  case deadLetter
  /// Taken in and put aside.
  case held
  /// Not taken in yet.
  case ahead
  /// Taken in: what follows from it must be in the log.
  case consumed

  init(_ record: StoredRecord, of stage: Stage, _ horizon: Horizon, _ letters: DeadLetters) {
    let place = Place(record)
    let isConsumed = horizon.hasConsumed(stage, place)
    if !horizon.isInPlace(record) {
      self = isConsumed ? .forwarded : .toForward
    } else if record.record.isControl {
      self = .control
    } else if letters.contains(place) {
      self = .deadLetter
    } else if !isConsumed {
      self = .ahead
    } else {
      self = horizon.held.contains(place) ? .held : .consumed
    }
  }
}
