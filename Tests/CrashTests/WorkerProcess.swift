import Foundation
import Synchronization
import Testing

/// A process of `crash-worker`.
final class WorkerProcess: Sendable {
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Filled in by the thread that sees the process end.
  private final class EndBox: Sendable {
    private let end = Mutex<End?>(nil)
    var value: End? { end.withLock { $0 } }
    func set(_ value: End) { end.withLock { $0 = value } }
  }

  let identifier: pid_t
  private let folder: String
  private let name: String
  private let box: EndBox

  /// - Parameters:
  ///   - name: of its files in the folder: what it marks and what it says.
  ///   - whenEnded: called on some thread.
  init(_ orders: [String: String], folder: String, name: String, whenEnded: @escaping @Sendable () -> Void) throws {
    self.folder = folder
    self.name = name
    let process = Process()
    process.executableURL = try Self.executable()
    var arguments = orders
    arguments["marks"] = "\(folder)/\(name).marks"
    process.arguments = arguments.flatMap { [$0.key, $0.value] }
    let said = "\(folder)/\(name).log"
    _ = FileManager.default.createFile(atPath: said, contents: nil)
    process.standardError = FileHandle(forWritingAtPath: said)
    process.standardInput = FileHandle.nullDevice
    let box = EndBox()
    process.terminationHandler = { process in
      let status = process.terminationStatus
      box.set(process.terminationReason == .exit ? .exit(status) : .signal(status))
      whenEnded()
    }
    try process.run()
    identifier = process.processIdentifier
    self.box = box
  }

  /// `nil` while it runs.
  var end: End? { box.value }

  var marks: String { text("marks") }

  /// The end of what it said, for a failed test's message.
  var lastWords: String { String(text("log").suffix(2000)) }

  private func text(_ kind: String) -> String {
    FileManager.default.contents(atPath: "\(folder)/\(name).\(kind)").map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func send(_ signal: Int32) {
    if end == nil { kill(identifier, signal) }
  }

  /// Whether it is stopped by a signal, as /proc tells.
  var isStopped: Bool {
    let stat = FileManager.default.contents(atPath: "/proc/\(identifier)/stat").map {
      String(decoding: $0, as: UTF8.self)
    }
    // The state follows the name, which stands in parentheses.
    return stat?.split(separator: ")").last?.split(separator: " ").first == "T"
  }

  /// Beside the tests' own executable, where the build puts it.
  private static func executable() throws -> URL {
    let folders = [Bundle.main.executableURL, CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }]
      .compactMap { $0?.resolvingSymlinksInPath().deletingLastPathComponent() }
    for folder in folders {
      let found = folder.appendingPathComponent("crash-worker")
      if FileManager.default.isExecutableFile(atPath: found.path) { return found }
    }
    throw Missing(folders: folders.map(\.path))
  }

  struct Missing: Error, CustomStringConvertible {
    let folders: [String]

    var description: String {
      "crash-worker is not beside the tests (\(folders.joined(separator: ", "))): build the target crash-worker first"
    }
  }
}
