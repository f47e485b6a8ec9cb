import Foundation

/// The programs that were built beside the tests, run as processes of their own.
enum Executables {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// The folder of the products: that of the test bundle, or of the runner that loads it.
  private static var folder: URL {
    get throws {
      for argument in CommandLine.arguments + ["/proc/self/exe"] {
        let candidate = URL(filePath: argument).resolvingSymlinksInPath().deletingLastPathComponent()
        if FileManager.default.isExecutableFile(atPath: candidate.appending(path: "huiyin").path) { return candidate }
      }
      throw Missing(description: "the program huiyin was not found beside the tests: build all products first")
    }
  }

  static func process(_ name: String, _ arguments: [String], _ environment: [String: String]) throws -> Process {
    let process = Process()
    process.executableURL = try folder.appending(path: name)
    process.arguments = arguments
    var all = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HUIYIN_") }
    all.merge(environment) { $1 }
    process.environment = all
    return process
  }

  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs a program to its end.
  static func run(_ name: String, _ arguments: [String], _ environment: [String: String] = [:]) throws -> Result {
    let process = try process(name, arguments, environment)
    let output = Pipe()
    let errors = try TemporaryFolder()
    let errorFile = errors.path("errors")
    try Data().write(to: URL(filePath: errorFile))
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errorFile)
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let complaints = FileManager.default.contents(atPath: errorFile) ?? Data()
    return Result(
      status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
      errors: String(decoding: complaints, as: UTF8.self))
  }

  static func huiyin(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
    try run("huiyin", arguments, environment)
  }
}

/// A folder that goes with its last reference.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "huiyin-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }
}

/// Processes that are ended with the object, whatever the test comes to.
final class ProcessGroup {
  private var processes: [Process] = []

  func start(_ name: String, _ arguments: [String] = [], _ environment: [String: String], log: String) throws {
    let process = try Executables.process(name, arguments, environment)
    try Data().write(to: URL(filePath: log))
    let file = FileHandle(forWritingAtPath: log)
    process.standardOutput = file
    process.standardError = file
    try process.run()
    processes.append(process)
  }

  var allRun: Bool { processes.allSatisfy(\.isRunning) }

  /// Asks all to end, and waits until they have.
  /// - Returns: their statuses.
  func stop() -> [Int32] {
    for process in processes where process.isRunning { process.terminate() }
    for process in processes { process.waitUntilExit() }
    defer { processes = [] }
    return processes.map(\.terminationStatus)
  }

  deinit {
    for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    for process in processes { process.waitUntilExit() }
  }
}
