import EventLog
import Streams
import Time

/// Passes on what it reads with the word that its broadcast says and the rules that it adopted; says so of each key that is
/// revised.
struct Mindful: Processor {
  struct Presence: StoredState {
    init() {}
    init(stored bytes: [UInt8]) {}
    func stored() -> [UInt8] { [] }
  }

  static let topics =
    ["in", "out", "dead-letters"].map { TopicSpecification(name: $0, partitions: 4, cleanup: .delete(after: nil)) }
    + ["news", "mindful-changelog"].map {
      TopicSpecification(name: $0, partitions: 4, cleanup: .compact(tombstones: .seconds(86_400)))
    }

  var name: String { "mindful" }
  var inputs: [String] { ["in"] }
  var broadcasts: [String] { ["news"] }
  var word = "none"
  var rules = "none"

  func hearing(_ broadcast: Broadcast) -> Mindful {
    var other = self
    other.word = String(decoding: broadcast.entries[Array("word".utf8)] ?? [], as: UTF8.self)
    return other
  }

  func adopting(_ rules: [UInt8]) -> Mindful? {
    var other = self
    other.rules = String(decoding: rules, as: UTF8.self)
    return other
  }

  func decode(_ record: StoredRecord) -> Record { record.record }

  func process(_ input: Record, state: inout Presence?, at time: Instant) -> [Effect] {
    state = Presence()
    return [say(String(decoding: input.value ?? [], as: UTF8.self), input.key)]
  }

  func punctuate(_ timer: Timer, state: inout Presence?, at time: Instant) -> [Effect] { [] }

  func revise(_ key: [UInt8], state: inout Presence?, at time: Instant) -> [Effect] { [say("revised", key)] }

  private func say(_ text: String, _ key: [UInt8]?) -> Effect {
    .emit(to: "out", Record(key: key, value: Array("\(text) \(word) \(rules)".utf8)))
  }
}
