import ArgumentParser
import Assembly
import Backup
import Foundation

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies the home on this machine to a folder, at any time, also while the pipeline runs.",
    discussion: """
      The folder holds the log, what gateways have acknowledged and the log didn't have yet, attachments, and the secrets \
      of the data folder: keep it as safe as the data folder itself. Whatever was acknowledged before the command began is \
      in it. It gets its name when it is whole and on the disk. Files that settings name, such as HUIYIN_DIRECTORY, and a \
      log on Kafka are not copied.
      """)

  @OptionGroup var log: LogOption
  @Option(help: "The folder to make; nothing may be there.") var to: String

  func run() throws {
    let settings = try log.settings()
    guard case .sqlite(let path) = settings.log else {
      throw fail("the log is on Kafka: its brokers keep the copies; this command is for a home in a file")
    }
    do {
      let manifest = try HomeBackup(log: path, data: settings.data, topicPrefix: settings.topicPrefix)
        .write(to: to, at: Program.wallClock())
      print(manifest.contents)
      print("backed up to \(to), as of \(manifest.began)")
      if settings.caseKey != nil || settings.codeKeys != nil {
        print("HUIYIN_CASE_KEY and HUIYIN_CODE_KEYS are settings: keep them with it")
      }
    } catch let failure as BackupFailure {
      throw fail("no backup was made: \(failure)")
    }
  }
}

extension BackupManifest {
  /// What is in it and how large, a line each.
  var contents: String {
    func line(_ name: String, _ files: [File]) -> String {
      let bytes = files.reduce(0) { $0 + $1.bytes }
      let gap = String(repeating: " ", count: max(1, 24 - name.count))
      return name + gap + "\(bytes) bytes in \(files.count) \(files.count == 1 ? "file" : "files")"
    }
    return [
      line("log", files(HomeRestore.logName)), line("outboxes", files("outbox-")),
      line("attachments", files("attachments/")), line("secrets", files.filter { $0.path.hasSuffix(".key") }),
      line("all", files),
    ].joined(separator: "\n")
  }
}
