import Foundation
import Glibc

/// The broker that the environment names for tests, if any.
package enum GivenBroker {
  /// `HUIYIN_TEST_KAFKA=host:port`.
  package static let address = variable("HUIYIN_TEST_KAFKA")

  package static let absence = "skipped: HUIYIN_TEST_KAFKA=host:port names no broker to try"

  package static var isGiven: Bool { address != nil }

  /// Whether `HUIYIN_TEST_KAFKA_RESTART` says how the given broker is restarted.
  package static var canBeRestarted: Bool { isGiven && command != nil }

  package static let noRestart = "skipped: HUIYIN_TEST_KAFKA_RESTART names no command that restarts the broker"

  /// A shell command that kills the broker and returns when it is up again.
  private static let command = variable("HUIYIN_TEST_KAFKA_RESTART")

  /// Kills the broker, and returns when it is up again.
  package static func restart() throws {
    guard let command else { throw Unwilling(description: noRestart) }
    // Not by Foundation's `Process`, which would wait for the broker that the command leaves behind.
    let status = system(command)
    if status != 0 { throw Unwilling(description: "\(command) ended with \(status)") }
  }

  package struct Unwilling: Error, CustomStringConvertible {
    package let description: String
  }

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
