import Cases
import EventLog
import Outbox
import Streams
import Synchronization

/// Keeps what is put into it, and fails as often as it is told.
final class GivenOutbox: Outbox {
  private let outputs = Mutex<[Output]>([])
  private let failures: Mutex<Int>

  init(failures: Int = 0) {
    self.failures = Mutex(failures)
  }

  func put(_ outputs: [Output]) async -> OutboxResult {
    let fails = failures.withLock { failures in
      guard failures > 0 else { return false }
      failures -= 1
      return true
    }
    if fails { return .unavailable }
    self.outputs.withLock { $0 += outputs }
    return .durable
  }

  /// What track was told: the events' ids, and the commands.
  func reports() throws -> [(id: String, command: CaseCommand.RecordDelivery)] {
    try outputs.withLock { $0 }.map { output in
      let event = try CloudEvent(output.record)
      guard case .recordDelivery(let command) = try CaseCommand(type: event.type, data: event.data) else {
        throw Rejection("another command")
      }
      return (event.id, command)
    }
  }

  var records: [Record] { outputs.withLock { $0.map(\.record) } }
}
