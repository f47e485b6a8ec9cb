import Foundation

/// Somebody who has the board open: fetches it, and again after each change, as the page's script does.
final class BoardReader {
  /// What all readers of a run have seen, together.
  final class Seen: @unchecked Sendable {
    // Unchecked: all is only touched under the lock.
    private let lock = NSLock()
    private var pages: [Double] = []
    private var bytes = 0
    /// When the first and when each later reader heard of a version.
    private var heard: [Int: [Double]] = [:]
    private var failures: [String] = []

    fileprivate func add(pages: [Double], bytes: Int, heard: [Int: Double], failure: String?) {
      lock.withLock {
        self.pages += pages
        self.bytes = max(self.bytes, bytes)
        for (version, time) in heard { self.heard[version, default: []].append(time) }
        if let failure { failures.append(failure) }
      }
    }

    /// Sorted, in milliseconds.
    var latencies: [Double] { lock.withLock { pages.sorted().map { $0 * 1000 } } }
    var pageSize: Int { lock.withLock { bytes } }
    var failure: String? { lock.withLock { failures.first } }
    var versions: Int { lock.withLock { heard.count } }

    /// How much later than the first of them each reader heard of a change; sorted, in milliseconds.
    var delays: [Double] {
      lock.withLock {
        heard.values.flatMap { times in times.map { ($0 - (times.min() ?? $0)) * 1000 } }.sorted()
      }
    }

    /// How long after that moment each reader heard of the next change; in milliseconds.
    func delays(after time: Double) -> [Double] {
      lock.withLock {
        let next = heard.values.filter { ($0.min() ?? 0) >= time }.min { ($0.min() ?? 0) < ($1.min() ?? 0) }
        return (next ?? []).map { ($0 - time) * 1000 }
      }
    }
  }

  private static let page = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: zh-CN\r\n\r\n"
  private static let part = page.dropLast(2) + "X-Huiyin-Part: main\r\n\r\n"
  private static let live = "GET /live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"

  private let port: Int
  private let seen: Seen
  private var pages: [Double] = []
  private var bytes = 0
  private var heard: [Int: Double] = [:]
  private var chance: UInt64

  /// - Parameter number: of this reader, which its waits depend on.
  init(_ number: Int, port: Int, seen: Seen) {
    self.port = port
    self.seen = seen
    chance = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  /// Blocks its thread until that time.
  ///
  /// - Parameters:
  ///   - begin: since when what it sees counts.
  ///   - isDriven: fetches only after a change; otherwise at the same pace without any.
  func read(from begin: Double, until end: Double, isDriven: Bool) {
    do {
      try follow(from: begin, until: end, isDriven: isDriven)
      seen.add(pages: pages, bytes: bytes, heard: heard, failure: nil)
    } catch {
      seen.add(pages: pages, bytes: bytes, heard: heard, failure: "\(error)")
    }
  }

  private var now: Double { ProcessInfo.processInfo.systemUptime }

  private func follow(from begin: Double, until end: Double, isDriven: Bool) throws {
    let connection = try LoopbackConnection(port: port)
    _ = try connection.ask(Self.page)
    let stream = try LoopbackConnection(port: port)
    try stream.send(Self.live)
    guard try stream.head().status == 200 else {
      throw LoopbackConnection.Broken(description: "/live is not there")
    }
    var known: Int?
    var newest: Int?
    var due: Double? = isDriven ? nil : now + 1 + random() / 2
    var rest: [UInt8] = []
    while now < end {
      let wait = min((due ?? end) - now, end - now)
      rest += try stream.whatCame(within: Int(wait * 1000) + 1)
      for version in Self.versions(&rest) {
        if known == nil { known = version } else if now >= begin { heard[version] = now }
        newest = version
      }
      if isDriven, due == nil, newest != known { due = now + random() / 2 }
      guard let time = due, time <= now else { continue }
      let asked = now
      let answer = try connection.ask(String(Self.part))
      guard answer.status == 200 else {
        throw LoopbackConnection.Broken(description: "the board answers \(answer.status)")
      }
      if asked >= begin { pages.append(answer.end - asked) }
      (bytes, known) = (answer.bytes, newest)
      // As the script does: a second's rest, and a little chance.
      due = isDriven ? nil : now + 1 + random() / 2
      if isDriven { try hear(until: min(end, now + 1), stream, &rest, &newest, from: begin) }
    }
  }

  /// Hears what comes, and does nothing about it yet.
  private func hear(
    until time: Double, _ stream: LoopbackConnection, _ rest: inout [UInt8], _ newest: inout Int?, from begin: Double
  ) throws {
    while now < time {
      rest += try stream.whatCame(within: Int((time - now) * 1000) + 1)
      for version in Self.versions(&rest) {
        if now >= begin { heard[version] = now }
        newest = version
      }
    }
  }

  /// Between 0 and 1.
  private func random() -> Double {
    chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(chance >> 11) / Double(UInt64(1) << 53)
  }

  /// Takes whole lines from what came, and gives the numbers of those that say one.
  private static func versions(_ bytes: inout [UInt8]) -> [Int] {
    var versions: [Int] = []
    while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: bytes[..<end], as: UTF8.self)
      if line.hasPrefix("id: "), let version = Int(line.dropFirst(4)) { versions.append(version) }
      bytes.removeFirst(end + 1)
    }
    return versions
  }
}
