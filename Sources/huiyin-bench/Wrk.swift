import Foundation

/// A run of `wrk`, the load generator (Debian package wrk), that posts one opinion over and over.
struct Wrk {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  struct Outcome {
    var perSecond = 0.0
    /// In milliseconds.
    var average = 0.0
    var half = 0.0
    var slowest1Percent = 0.0
    /// Answers that are none of 2xx and 3xx, and broken connections.
    var failures = 0
  }

  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/wrk")

  let port: Int
  let connections: Int
  let seconds: Int
  /// How long each connection rests between an answer and its next request, in milliseconds, on average; `nil` not at all.
  var rest: Double?

  func run(in folder: TemporaryFolder) throws -> Outcome {
    let script = folder.path("post.lua")
    try Data(lua.utf8).write(to: URL(filePath: script))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/wrk")
    process.arguments = [
      "-t1", "-c\(connections)", "-d\(seconds)s", "--latency", "-s", script, "http://127.0.0.1:\(port)/opinions",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(description: "wrk failed: \(said)") }
    return try Self.read(said)
  }

  private var lua: String {
    """
    wrk.method = "POST"
    wrk.body = '{"text":"青石巷口的路灯坏了半个月，晚上走路很不方便，请派人修一修。","citizen":{"anonymous":true}}'
    wrk.headers["Content-Type"] = "application/json"
    """ + (rest.map { "\nfunction delay() return math.random(0, math.floor(\($0) * 2 + 0.5)) end\n" } ?? "\n")
  }

  /// Reads what wrk 4 prints.
  private static func read(_ text: String) throws -> Outcome {
    var outcome = Outcome()
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      switch words.first {
      case "Requests/sec:": outcome.perSecond = words.last.flatMap(Double.init) ?? 0
      case "Latency" where words.count > 3: outcome.average = milliseconds(words[1])
      case "50%": outcome.half = milliseconds(words[1])
      case "99%": outcome.slowest1Percent = milliseconds(words[1])
      case "Non-2xx": outcome.failures += words.last.flatMap { Int($0) } ?? 0
      case "Socket":
        outcome.failures += words.compactMap { Int($0.filter { $0 != "," }) }.reduce(0, +)
      default: break
      }
    }
    guard outcome.perSecond > 0 else { throw Failed(description: "wrk said nothing of its rate: \(text)") }
    return outcome
  }

  private static func milliseconds(_ text: String) -> Double {
    for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)] where text.hasSuffix(unit) {
      return (Double(text.dropLast(unit.count)) ?? 0) * factor
    }
    return 0
  }
}
