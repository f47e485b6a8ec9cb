package import EventLog

/// A record of an input topic that isn't for the processor but for its worker: what to do with a parked key.
struct Control: Hashable {
  enum Verb: String { case retry, drop }

  let verb: Verb
  /// ``DeadLetter/id``.
  let deadLetter: String

  static let verbHeader = "huiyin_control"
  private static let letterHeader = "huiyin_dead_letter"

  init(_ verb: Verb, deadLetter: String) {
    self.verb = verb
    self.deadLetter = deadLetter
  }

  /// `nil` for a record that is no control record. One with a value is none, whatever its headers say: it may be
  /// somebody's opinion.
  init?(_ record: Record) {
    guard record.value == nil, let verb = record.header(Self.verbHeader), let letter = record.header(Self.letterHeader),
      let known = Verb(rawValue: String(decoding: verb, as: UTF8.self))
    else { return nil }
    self.verb = known
    deadLetter = String(decoding: letter, as: UTF8.self)
  }

  func output(for letter: DeadLetter) -> Output {
    let headers = [Header(Self.verbHeader, verb.rawValue), Header(Self.letterHeader, deadLetter)]
    return Output(
      to: letter.partition.topic, partition: letter.partition.partition,
      Record(key: letter.original.key, value: nil, headers: headers))
  }
}

extension Record {
  /// Whether it is for the worker itself, not for its processor.
  package var isControl: Bool { Control(self) != nil || RulesRecord(self) != nil }
}
