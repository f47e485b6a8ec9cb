import Assembly
import Cases
import Codes
import EventLog
import Foundation
import Time

/// The codes of one log, for the commands that work on them.
struct CodeOffice {
  let settings: Settings
  let keys: CodeKeys
  /// When the command was given.
  let now: Instant
  private let log: any EventLog

  private static let chunk = 5000

  init(_ option: LogOption) throws {
    settings = try option.settings()
    keys = try CodeKeySecrets.read(settings)
    now = Program.wallClock()
    try FileManager.default.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
    log = try LogHome.open(settings, now: Program.wallClock, logger: option.logger)
  }

  /// What is before the path in the addresses of codes.
  var base: String? { settings.publicURL }

  func token(of code: Code) -> CodeToken { keys.token(code.kind, code.id) }

  /// The directory in force: that of the log, or before there is one, that of the settings.
  func directory() throws -> Directory {
    try DirectoryTopic.directory(in: log) ?? Rulebook(settings).directory
  }

  /// All codes; says on the standard error stream what could not be read.
  func read() throws -> CodeBook {
    let (book, unreadable) = try CodeBook.read(from: log)
    for (place, reason) in unreadable {
      FileHandle.standardError.write(Data("\(place): not a code: \(reason)\n".utf8))
    }
    return book
  }

  /// Appends what `changes` makes of the codes there are, and gives it back. Of two commands at work at once under one
  /// `HUIYIN_INSTANCE`, the first is turned away.
  func write(_ changes: (CodeBook) throws -> [Code]) throws -> [Code] {
    // Before the book is read, so that whoever writes in between loses the right to.
    let publisher = try log.openPublisher(as: "\(settings.instance)-codes")
    defer { publisher.close() }
    let changed = try changes(try read())
    var bar = ProgressBar("codes ", total: changed.count)
    for start in stride(from: 0, to: changed.count, by: Self.chunk) {
      let part = changed[start..<min(changed.count, start + Self.chunk)]
      _ = try publisher.publish(part.map { Output(to: Topics.codes, $0.record) })
      bar.show(start + part.count)
    }
    if !changed.isEmpty { bar.finish() }
    return changed
  }

  /// The code that an id, a token or an address names.
  func find(_ name: String, in book: CodeBook) throws -> Code {
    let last = name.split(separator: "/").last.map(String.init) ?? ""
    guard let id = CodeID(last) ?? keys.open(last)?.code else {
      throw fail("\(name) is neither the id of a code nor a genuine token; nothing was done")
    }
    guard let code = book[id] else { throw fail("there is no code \(id); nothing was done") }
    return code
  }
}
