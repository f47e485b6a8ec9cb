import Streams
import Synchronization
import Testing

struct BackOffTests {
  private struct Trouble: Error {}

  /// The pauses in milliseconds, each as the sum of its steps, for attempts of which some get on before they fail.
  private static func pauses(_ getsOn: [Bool]) -> [Int] {
    let steps = Mutex<[Int]>([])
    let backOff = BackOff(pause: { pause in
      #expect(pause <= .milliseconds(100))
      steps.withLock { $0[$0.count - 1] += Int(pause.components.attoseconds / 1_000_000_000_000_000) }
    })
    var attempt = 0
    backOff.repeating(until: { attempt > getsOn.count }) { progress throws(Trouble) in
      attempt += 1
      if attempt <= getsOn.count, getsOn[attempt - 1] { progress() }
      throw Trouble()
    } onFailure: { _ in
      steps.withLock { $0.append(0) }
    }
    return steps.withLock { Array($0.prefix(getsOn.count)) }
  }

  @Test func `pauses double from a tenth of a second to five seconds`() {
    let pauses = Self.pauses(Array(repeating: false, count: 9))
    #expect(pauses == [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000])
  }

  @Test func `getting on makes the next pause the shortest again`() {
    #expect(Self.pauses([false, false, false, true, false]) == [100, 200, 400, 100, 200])
  }

  @Test func `nothing is tried where it is to stop at once, and a pause ends early`() {
    var attempts = 0
    let backOff = BackOff(pause: { _ in Issue.record("it is to stop") })
    backOff.repeating(until: { true }) { _ throws(Trouble) in
      attempts += 1
    } onFailure: { _ in
    }
    #expect(attempts == 0)
    backOff.repeating(until: { attempts > 0 }) { _ throws(Trouble) in
      attempts += 1
      throw Trouble()
    } onFailure: { _ in
    }
    #expect(attempts == 1)
  }
}
