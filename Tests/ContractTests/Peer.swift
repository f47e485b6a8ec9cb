import Foundation
import Testing

/// Validators of other makers, run by the scripts under `deploy/contract`.
enum Peer {
  struct Report {
    let status: Int32
    let text: String
  }

  static let folder = URL(filePath: #filePath).appending(path: "../../../deploy/contract").standardized

  /// That of `HUIYIN_TEST_PYTHON`, else `python3`.
  static let python = ProcessInfo.processInfo.environment["HUIYIN_TEST_PYTHON"] ?? "python3"
  static let isThere = (try? run("-c", ["import jsonschema, openapi_schema_validator"], input: ""))?.status == 0

  static let missing: Comment =
    "no jsonschema and openapi-schema-validator under \(python): install them, and name that Python in HUIYIN_TEST_PYTHON"

  /// - Parameter script: of the folder, or `-c` with the program as the argument.
  static func run(_ script: String, _ arguments: [String], input: String) throws -> Report {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let program = script == "-c" ? script : folder.appending(path: script).path
    process.arguments = [python, program] + arguments
    let folder = FileManager.default.temporaryDirectory.appending(path: "huiyin-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let given = folder.appending(path: "input")
    try Data(input.utf8).write(to: given)
    let said = folder.appending(path: "output")
    try Data().write(to: said)
    process.standardInput = try FileHandle(forReadingFrom: given)
    let output = try FileHandle(forWritingTo: said)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return Report(
      status: process.terminationStatus, text: String(decoding: try Data(contentsOf: said), as: UTF8.self))
  }
}
