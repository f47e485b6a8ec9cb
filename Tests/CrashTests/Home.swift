/// Where the log of a test lives, and what living there asks of the test.
enum Home: Sendable, CustomStringConvertible {
  case sqlite
  case kafka(brokers: String)

  var description: String {
    switch self {
    case .sqlite: "SQLite"
    case .kafka: "Kafka"
    }
  }

  /// A short one that the home takes: Kafka's brokers refuse, unless they are told otherwise, any below six seconds.
  var session: Duration {
    switch self {
    case .sqlite: .milliseconds(500)
    case .kafka: .seconds(6)
    }
  }

  /// How long a whole test may take.
  var patience: Duration {
    switch self {
    case .sqlite: .seconds(80)
    case .kafka: .seconds(400)
    }
  }

  /// How long a worker lives that is killed at a random moment, in milliseconds: mostly longer than it takes to join.
  var lives: ClosedRange<Int> {
    switch self {
    case .sqlite: 20...600
    case .kafka: 200...4000
    }
  }

  /// Within a transaction, the moments at which a process may strike itself: after each of these stages, and after some
  /// microseconds more.
  var moments: [(stage: String, delay: ClosedRange<Int>)] {
    switch self {
    case .sqlite: [("began", 0...0), ("written", 0...0), ("committed", 0...0)]
    // The last but one mostly strikes while the brokers are ending the transaction.
    case .kafka:
      [("began", 0...0), ("written", 0...4000), ("stored", 0...0), ("stored", 1...4000), ("committed", 0...0)]
    }
  }
}
