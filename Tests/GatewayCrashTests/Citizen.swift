import Foundation
import LoopbackClient

/// Sends opinions one after the other, each under a key of its own and again until it is acknowledged, as a client does
/// that wants to be heard. Belongs to one thread at a time.
final class Citizen: @unchecked Sendable {
  let name: Int
  /// Numbers of the opinions that were answered with 202, in order.
  private(set) var acknowledged: [Int] = []
  private(set) var slowest = Duration.zero
  private(set) var failures: [String] = []
  private var next = 0

  init(_ name: Int) {
    self.name = name
  }

  /// Goes on until the gateway is gone, or so many more have been acknowledged.
  func speak(to port: Int, upTo count: Int = .max) {
    guard let client = try? TCPClient(port: port) else { return }
    let end = count == .max ? Int.max : acknowledged.count + count
    while acknowledged.count < end {
      let body = #"{"text":"\#(name)-\#(next)"}"#
      let request =
        "POST /opinions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: \(name)-\(next)\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
      let begin = ContinuousClock.now
      guard (try? client.send(request)) != nil, let answer = try? client.answer() else { return }
      slowest = max(slowest, ContinuousClock.now - begin)
      guard answer.status == 202 else {
        failures.append("\(answer.status) \(answer.body)")
        return
      }
      acknowledged.append(next)
      next += 1
    }
  }
}
