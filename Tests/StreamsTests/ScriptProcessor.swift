import EventLog
import Streams
import Synchronization
import Time

/// Does what its records say: each value is a list of orders with `;` between them.
///
/// `note X`, `forget`, `emit X`, `emit-bytes N`, `grow N`, `set KIND GENERATION MILLISECONDS`, `cancel KIND`, `wait`
/// (until noted that it is `open`), `open`, `bury`, `bury-held`, `count`, `say-rules`, `reject` (as long as the fault
/// lasts). A value that begins with `?` can't be decoded. The key's state is what was noted.
///
/// Rules are a word; it can't go by those that begin with `?`. A key that is revised notes the word and emits
/// `KEY under WORD`.
struct ScriptProcessor: Processor {
  struct State: Codable, StoredState {
    var notes: [String] = []
  }

  struct Input: Sendable {
    let key: [UInt8]?
    let orders: [[String]]
  }

  final class Fault: Sendable {
    private let lasts = Mutex(true)
    var isThere: Bool { lasts.withLock { $0 } }
    func set(_ isThere: Bool) { lasts.withLock { $0 = isThere } }
  }

  static let start = DrivenStart.instant
  let fault = Fault()
  var rules = "given"

  var name: String { "script" }
  var inputs: [String] { ["in"] }

  func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    guard let value = record.record.value else {
      return Input(key: record.record.key, orders: [["note", "tombstone"]])
    }
    let text = String(decoding: value, as: UTF8.self)
    if text.hasPrefix("?") { throw Rejection("unreadable") }
    let orders = text.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    return Input(key: record.record.key, orders: orders)
  }

  func process(_ input: Input, state: inout State?, at time: Instant) throws(Rejection) -> [Effect] {
    var effects: [Effect] = []
    for order in input.orders {
      let word = order.count > 1 ? order[1] : ""
      switch order[0] {
      case "note": state = State(notes: (state?.notes ?? []) + [word])
      case "forget": state = nil
      case "emit": effects.append(emit(word, input.key))
      case "emit-bytes": effects.append(emit(String(repeating: "x", count: Int(word) ?? 0), input.key))
      case "grow": state = State(notes: [String(repeating: "x", count: Int(word) ?? 0)])
      case "set":
        let due = Self.start + .milliseconds(Int64(order[3]) ?? 0)
        effects.append(.schedule(word, generation: Int(order[2]) ?? 0, at: due))
      case "cancel": effects.append(.cancel(word))
      case "wait": if state?.notes.contains("open") != true { return effects + [.hold] }
      case "open":
        state = State(notes: (state?.notes ?? []) + ["open"])
        effects.append(.release)
      case "bury": effects.append(.bury(reason: "as told"))
      case "bury-held": effects.append(.buryHeld(reason: "as told"))
      case "count": effects.append(.count(Counted("script_counted")))
      case "say-rules": effects.append(emit("\(word) by \(rules)", input.key))
      case "reject": if fault.isThere { throw Rejection("can't handle this") }
      default: throw Rejection("no such order")
      }
    }
    return effects
  }

  func adopting(_ rules: [UInt8]) throws(Rejection) -> ScriptProcessor? {
    if rules.first == UInt8(ascii: "?") { throw Rejection("no such rules") }
    var other = self
    other.rules += "+" + String(decoding: rules, as: UTF8.self)
    return other
  }

  func revise(_ key: [UInt8], state: inout State?, at time: Instant) -> [Effect] {
    state?.notes.append(rules)
    return [emit("\(String(decoding: key, as: UTF8.self)) under \(rules)", key)]
  }

  /// Emits `KIND GENERATION late MILLISECONDS`. A timer `release…` opens what waits, `bury…` buries it, `again…` sets
  /// itself anew, one second later, up to the third generation, `rules…` says by which rules it fires.
  func punctuate(_ timer: Timer, state: inout State?, at time: Instant) -> [Effect] {
    let late = (time - timer.due).milliseconds
    var effects = [emit("\(timer.kind) \(timer.generation) late \(late)", timer.key)]
    if timer.kind.hasPrefix("release") {
      state = State(notes: (state?.notes ?? []) + ["open"])
      effects.append(.release)
    }
    if timer.kind.hasPrefix("bury") { effects.append(.buryHeld(reason: "too late")) }
    if timer.kind.hasPrefix("rules") { effects.append(emit("\(timer.kind) by \(rules)", timer.key)) }
    if timer.kind.hasPrefix("again"), timer.generation < 3 {
      effects.append(.schedule(timer.kind, generation: timer.generation + 1, at: timer.due + .seconds(1)))
    }
    return effects
  }

  private func emit(_ text: String, _ key: [UInt8]?) -> Effect {
    .emit(to: "out", Record(key: key, value: Array(text.utf8)))
  }
}

/// The moment at which the driven clocks of these tests begin.
enum DrivenStart {
  static let instant = Instant(milliseconds: 1_790_000_000_000)
}
