import Foundation

/// A process of `crash-carrier`.
struct CarrierProcess {
  struct Missing: Error {}

  /// - Returns: the signal that ended it, 0 where it ended well, -1 otherwise.
  static func run(folder: String, api: String, dyingAt moment: String = "") async throws -> Int32 {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = [folder, api, moment]
    process.standardInput = FileHandle.nullDevice
    return try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { process in
        switch process.terminationReason {
        case .uncaughtSignal: ended.resume(returning: process.terminationStatus)
        default: ended.resume(returning: process.terminationStatus == 0 ? 0 : -1)
        }
      }
      do { try process.run() } catch { ended.resume(throwing: error) }
    }
  }

  private static func executable() throws -> URL {
    for argument in CommandLine.arguments + ["/proc/self/exe"] {
      let folder = URL(filePath: argument).resolvingSymlinksInPath().deletingLastPathComponent()
      let candidate = folder.appending(path: "crash-carrier")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw Missing()
  }
}
