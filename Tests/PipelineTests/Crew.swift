import Foundation

/// The six worker programs of one pipeline, each a process that can be killed and started anew.
final class Crew {
  static let names = [
    "intake-gateway", "classify-worker", "route-worker", "track-worker", "feedback-worker", "monitor",
  ]

  private let environment: [String: String]
  private let folder: TemporaryFolder
  private var processes: [String: Process] = [:]
  private(set) var kills = 0

  init(_ environment: [String: String], folder: TemporaryFolder) {
    self.environment = environment
    self.folder = folder
  }

  func start(_ name: String) throws {
    let process = try Executables.process(name, [], environment)
    let log = folder.path(name + ".log")
    if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(filePath: log)) }
    let file = FileHandle(forWritingAtPath: log)
    _ = try file?.seekToEnd()
    process.standardOutput = file
    process.standardError = file
    try process.run()
    processes[name] = process
  }

  /// What a program has said so far, over all of its lives.
  func words(of name: String) -> String {
    FileManager.default.contents(atPath: folder.path(name + ".log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// SIGKILL, and a new life under the same id.
  func killAndStart(_ name: String) throws {
    guard let process = processes[name] else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    kills += 1
    try start(name)
  }

  /// Those that have ended though nobody asked them to.
  var fallen: [String] { processes.filter { !$0.value.isRunning }.keys.sorted() }

  /// Asks all to end, and waits until they have.
  /// - Returns: the names of those that did not end well.
  func stop() -> [String] {
    for process in processes.values where process.isRunning { process.terminate() }
    for process in processes.values { process.waitUntilExit() }
    defer { processes = [:] }
    return processes.filter { !Self.hasEndedWell($0.value) }.keys.sorted()
  }

  /// One that was asked before it could listen, within the first tenths of a second, is ended by the system.
  private static func hasEndedWell(_ process: Process) -> Bool {
    switch process.terminationReason {
    case .exit: process.terminationStatus == 0
    case .uncaughtSignal: process.terminationStatus == SIGTERM
    @unknown default: false
    }
  }

  deinit {
    for process in processes.values where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    for process in processes.values { process.waitUntilExit() }
  }
}
