import Foundation
import Testing

/// Runs `peer.py`, the other side of the callback, under a Python that has wechatpy.
struct PeerProcess {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// That of `HUIYIN_TEST_PYTHON`, else `python3`.
  static let python = ProcessInfo.processInfo.environment["HUIYIN_TEST_PYTHON"] ?? "python3"

  static let missing: Comment =
    "no wechatpy under \(python): pip install wechatpy cryptography, and name that Python in HUIYIN_TEST_PYTHON"

  /// Asked for once, when the tests are listed.
  static let isThere: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", "import wechatpy, wechatpy.crypto, xmltodict"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// What it prints.
  static func run(_ arguments: [String]) async throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("huiyin-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["out", "err"].map { folder.appendingPathComponent($0) }
    for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("peer.py")
    process.arguments = [python, script.path] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { ended.resume(throwing: error) }
    }
    guard status == 0 else {
      throw Failure(description: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
    }
    return try Data(contentsOf: files[0])
  }
}
