import Cases
import EventLog
import Outbox
import Synchronization
import Time

/// Takes what it is given, or says what it was told to say.
final class CollectingOutbox: Outbox {
  private let state = Mutex<(outputs: [Output], result: OutboxResult?)>(([], .durable))

  /// - Parameter result: `nil` never answers.
  init(_ result: OutboxResult? = .durable) {
    state.withLock { $0.result = result }
  }

  var outputs: [Output] { state.withLock { $0.outputs } }
  func clear() { state.withLock { $0.outputs = [] } }
  func set(_ result: OutboxResult?) { state.withLock { $0.result = result } }

  func put(_ outputs: [Output]) async -> OutboxResult {
    let result = state.withLock { state in
      if state.result == .durable { state.outputs += outputs }
      return state.result
    }
    guard let result else {
      await forever()
      return .unavailable
    }
    return result
  }
}

/// Knows the cases of one citizen, or of nobody.
final class GivenCases: CitizenCases {
  enum Knowledge: Sendable {
    case known([String: [CitizenCase]])
    case unknown
    /// Never answers.
    case silent
  }

  private let knowledge: Mutex<Knowledge>

  init(_ knowledge: Knowledge = .known([:])) {
    self.knowledge = Mutex(knowledge)
  }

  func set(_ knowledge: Knowledge) { self.knowledge.withLock { $0 = knowledge } }

  func cases(of citizen: String, limit: Int) async -> [CitizenCase]? {
    switch knowledge.withLock({ $0 }) {
    case .known(let all): return Array((all[citizen] ?? []).prefix(limit))
    case .unknown: return nil
    case .silent:
      await forever()
      return nil
    }
  }
}

/// Returns when the process ends: not even when its task is cancelled.
private func forever() async {
  await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
}

/// A token says itself what its scan finds.
struct GivenScanner: CodeScanner {
  func scan(_ token: String, at time: Instant) -> Scan {
    guard let standing = Scan.Standing(rawValue: token), standing != .unknown else { return Scan(standing: .unknown) }
    return Scan(standing: standing, kind: .deputy, holder: "zhang-san", place: "门口", category: nil)
  }
}

extension CitizenCase {
  /// - Parameter letter: the id is `h` and 26 of it.
  static func given(
    _ letter: Character, phase: CaseSummary.Phase = .open, overdue: Bool = false, reply: String? = nil,
    rated: Bool = false
  ) -> CitizenCase? {
    guard let id = CaseID("h" + String(repeating: letter, count: 26)),
      let due = CalendarDate(year: 2026, month: 10, day: 12)
    else { return nil }
    return CitizenCase(
      id: id, received: GivenTime(Callback.now), phase: phase, due: due, overdue: overdue, owner: "临溪街道代表联络站",
      category: "城市建设与管理", reply: reply, rated: rated, page: "https://board.example/cases/\(id)?k=notARealKey")
  }
}
