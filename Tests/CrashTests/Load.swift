import SeededRandom
import EventLog
import Time
import TwoStages

/// The deeds of a test, as they are published in rounds: one deed for each key.
struct Load {
  private struct Key {
    var deeds = 0
    var echoes: [Int] = []
  }

  private var keys: [Key]
  private var generator: SeededGenerator
  /// All that was published, in order.
  private(set) var outputs: [Output] = []

  init(keys: Int, _ generator: SeededGenerator) {
    self.keys = Array(repeating: Key(), count: keys)
    self.generator = generator
  }

  static func name(of key: Int) -> String { "key-\(key)" }

  var count: Int { keys.count }
  var deeds: Int { outputs.count }
  var echoes: Int { keys.reduce(0) { $0 + $1.echoes.count } }
  /// After the last round: each deed and echo has a page, and each key a closing.
  var pages: Int { deeds + echoes + keys.count }

  func deeds(of key: Int) -> Int { keys[key].deeds }
  /// In ascending order.
  func echoes(of key: Int) -> [Int] { keys[key].echoes }

  /// The next deed of each key. About every fourth wants an echo, within a second.
  mutating func round(at now: Instant, isLast: Bool = false) -> [Output] {
    var round: [Output] = []
    for key in keys.indices {
      keys[key].deeds += 1
      let number = keys[key].deeds
      var deed = Deed(number: number)
      if isLast {
        deed.total = number + keys[key].echoes.count
      } else if Int.random(in: 0..<4, using: &generator) == 0 {
        keys[key].echoes.append(number)
        deed.echoAt = (now + .milliseconds(Int.random(in: 0...1000, using: &generator))).milliseconds
      }
      round.append(deed.output(key: Self.name(of: key)))
    }
    outputs += round
    return round
  }
}
