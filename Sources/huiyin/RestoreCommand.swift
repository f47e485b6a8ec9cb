import ArgumentParser
import Assembly
import Backup
import Foundation
import Logging
import Time

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Makes a data folder of a backup.",
    discussion: """
      Looks first that the backup is whole and unchanged. What still waited in outboxes is put on the log. Start the \
      pipeline with HUIYIN_DATA naming the folder; then `huiyin verify`.
      """)

  @Option(help: "The backup's folder.") var from: String
  @Option(help: "The data folder to make; nothing may be there.") var to: String

  func run() async throws {
    Program.bootstrapLogging(.warning)
    do {
      let outcome = try await HomeRestore(from).write(
        to: to, clock: Program.wallClock, wait: { try? await Task.sleep(for: $0) },
        pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: Logger(label: "huiyin"))
      print(outcome.manifest.contents)
      if outcome.published > 0 { print("put on the log from outboxes: \(outcome.published) records") }
      print("restored to \(to), as of \(outcome.manifest.began)")
    } catch let failure as BackupFailure {
      throw fail("nothing was restored: \(failure)")
    }
  }
}
