import Foundation

/// `huiyin serve` in a process and a data folder of its own, which end with this object.
final class RunningServer {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  let port: Int
  let data: String
  private let process = Process()
  private let folder: TemporaryFolder

  /// - Parameter directory: whether it has the example's stations and departments.
  init(directory: Bool = true) throws {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "huiyin")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw Missing(description: "the program huiyin isn't beside huiyin-bench: build it too")
    }
    folder = try TemporaryFolder()
    port = try FreePort.find()
    data = folder.path("data")
    process.executableURL = program
    process.arguments = ["serve"]
    var environment = ["HUIYIN_DATA": data, "HUIYIN_HTTP": "127.0.0.1:\(port)", "HUIYIN_LOG_LEVEL": "error"]
    if directory { environment["HUIYIN_DIRECTORY"] = try Self.exampleDirectory(program, in: folder) }
    process.environment = environment
    try process.run()
    while process.isRunning, !FreePort.isListening(port) { Thread.sleep(forTimeInterval: 0.02) }
    guard process.isRunning else { throw Missing(description: "huiyin serve does not run") }
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  /// Processor seconds used so far.
  var processorTime: Double { ProcessFacts.processorTime(of: process.processIdentifier) }

  var residentMemory: Int { ProcessFacts.residentMemory(of: process.processIdentifier) }

  /// Waits until it has nothing left to do: uses less than a twentieth of a core for three seconds.
  func waitUntilAtRest() {
    var restful = 0
    while restful < 3, process.isRunning {
      let before = processorTime
      Thread.sleep(forTimeInterval: 1)
      restful = processorTime - before < 0.05 ? restful + 1 : 0
    }
  }

  private static func exampleDirectory(_ program: URL, in folder: TemporaryFolder) throws -> String {
    let path = folder.path("directory.yaml")
    let process = Process()
    process.executableURL = program
    process.arguments = ["directory", "example"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    try output.fileHandleForReading.readDataToEndOfFile().write(to: URL(filePath: path))
    process.waitUntilExit()
    return path
  }
}
