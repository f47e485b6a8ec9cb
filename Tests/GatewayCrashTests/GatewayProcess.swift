import Foundation

/// A process of `crash-gateway`.
final class GatewayProcess: Sendable {
  let port: Int
  private let process: Process

  struct DidNotListen: Error {}
  struct Missing: Error {}

  /// Returns once it listens.
  /// - Parameter moment: at which it kills itself; see there.
  init(folder: String, dyingAt moment: String = "") throws {
    let process = Process()
    process.executableURL = try Self.executable()
    process.arguments = [folder, moment]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    self.process = process
    let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(said.prefix { $0 != "\n" }) else { throw DidNotListen() }
    self.port = port
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  var isRunning: Bool { process.isRunning }

  func killNow() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// - Returns: the signal that ended it.
  func waitForDeath() -> Int32 {
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal ? process.terminationStatus : 0
  }

  /// Asks it to end well.
  /// - Returns: its status.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  private static func executable() throws -> URL {
    for argument in CommandLine.arguments + ["/proc/self/exe"] {
      let folder = URL(filePath: argument).resolvingSymlinksInPath().deletingLastPathComponent()
      let candidate = folder.appending(path: "crash-gateway")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw Missing()
  }
}
