import ArgumentParser
import Assembly
import Cases
import EventLog
import Foundation
import Streams
import Time

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the whole pipeline on a sample, shows what became of it, and goes on serving the board.")

  @Option(help: "The folder of the sample: directory.yaml, opinions.jsonl and replies.jsonl.") var sample: String
  @Flag(help: "End after the table.") var exit = false

  func run() async throws {
    var environment = ProcessInfo.processInfo.environment
    environment["HUIYIN_DIRECTORY"] = environment["HUIYIN_DIRECTORY"] ?? "\(sample)/directory.yaml"
    environment["HUIYIN_LOG_LEVEL"] = environment["HUIYIN_LOG_LEVEL"] ?? "warning"
    var settings: Settings
    do {
      settings = try Settings(environment: environment)
    } catch {
      throw fail("\(error)")
    }
    let users = settings.users == nil ? try DemoUsers(in: settings.data) : nil
    settings.users = settings.users ?? users?.path
    Program.bootstrapLogging(settings.logLevel, as: settings.logFormat)
    let lines =
      try readLines("\(sample)/opinions.jsonl", timed: true) + readLines("\(sample)/replies.jsonl", timed: true)
    let host = settings.http.split(separator: ":").dropLast().joined(separator: ":")
    do {
      try await Program("huiyin demo", roles: Role.allCases, ownsFolder: true).run(settings) {
        [settings] surroundings in
        let show = DemoShow(log: surroundings.log)
        try await show.play(lines)
        try show.printTable(directory: surroundings.rules.directory)
        var port = surroundings.port.makeAsyncIterator()
        let board = "http://\(host):\(await port.next() ?? 0)/"
        if let page = try show.pageOfSomeCase(settings, surroundings.folder) {
          print("\n一件的全过程 One case:  \(board)\(page)")
        }
        print("督办看板 The board:     \(board)")
        users?.tell(board)
        fflush(nil)  // a pipe would otherwise get it only at the end
        if exit { return }
        print("Ctrl-C ends it; a second start on \(settings.data) finds everything as it was.")
        while true { try await Task.sleep(for: .seconds(3600)) }
      }
    } catch is CancellationError {
    } catch {
      throw fail("\(error)")
    }
  }
}
