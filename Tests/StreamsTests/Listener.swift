import EventLog
import Streams
import Time

/// Says by which word it passes a record on: the one that its broadcast says, and behind it the rules that it adopted. It
/// can't go by a word that begins with `?`. Each key that is revised says so.
struct Listener: Processor {
  struct Presence: StoredState {
    init() {}
    init(stored bytes: [UInt8]) {}
    func stored() -> [UInt8] { [] }
  }

  static let news = TopicSpecification(name: "news", partitions: 3, cleanup: .compact(tombstones: .seconds(86400)))

  var name: String { "script" }
  var inputs: [String] { ["in"] }
  var broadcasts: [String] { [Self.news.name] }
  var word = "given"
  var rules = ""

  func hearing(_ broadcast: Broadcast) throws(Rejection) -> Listener {
    let word = String(decoding: broadcast.entries[Array("word".utf8)] ?? [], as: UTF8.self)
    if word.hasPrefix("?") { throw Rejection("no such word") }
    var other = self
    other.word = word
    return other
  }

  func adopting(_ rules: [UInt8]) -> Listener? {
    var other = self
    other.rules = " " + String(decoding: rules, as: UTF8.self)
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
    .emit(to: "out", Record(key: key, value: Array("\(text) by \(word)\(rules)".utf8)))
  }
}
