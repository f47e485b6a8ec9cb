import Foundation

/// A reference worker as a process of its own.
final class ReferenceProcess {
  private let process = Process()
  /// Seconds of the machine's uptime when it was started.
  let started: Double

  init(_ settings: [String: String]) throws {
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["reference-worker"]
    process.environment = settings
    started = ProcessInfo.processInfo.systemUptime
    try process.run()
  }

  var processorTime: Double { ProcessFacts.processorTime(of: process.processIdentifier) }
  var isRunning: Bool { process.isRunning }
  var residentMemory: Double { Double(ProcessFacts.residentMemory(of: process.processIdentifier)) }
  var peakMemory: Double { Double(ProcessFacts.peakMemory(of: process.processIdentifier)) }

  /// Asks it to end, and waits until it has.
  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
