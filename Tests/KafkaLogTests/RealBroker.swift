import EventLog
import EventLogConformance
import Foundation
import GivenBroker
import KafkaLog
import Logging
import Testing

/// What needs a broker: one test after the other, since some restart it.
@Suite(.serialized, .enabled(if: GivenBroker.isGiven, "\(GivenBroker.absence)"))
enum RealBroker {}

/// A home for the conformance suite on a real broker.
final class KafkaHome: LogHome {
  private let own: OwnPrefix
  let keepsTopicsTogether = false

  init(_ brokers: String) {
    own = OwnPrefix(on: brokers, logger: .quiet)
  }

  var settings: KafkaSettings { own.settings }

  func open() throws -> any EventLog {
    try KafkaLog(settings)
  }
}

extension Logger {
  /// Says nothing, unless `HUIYIN_TEST_LOG` names a level.
  static let quiet: Logger = {
    guard let name = ProcessInfo.processInfo.environment["HUIYIN_TEST_LOG"], let level = Logger.Level(rawValue: name)
    else { return Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
    var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }()
}
