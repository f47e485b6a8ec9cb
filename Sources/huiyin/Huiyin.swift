import ArgumentParser
import Assembly
import Foundation
import Logging

/// The operator's and developer's tool: one binary, a subcommand for each task.
@main
struct Huiyin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huiyin",
    abstract: "Carries citizens' opinions to an answer, and proves that none was lost. 件件有回音",
    subcommands: [
      Serve.self, Demo.self, ReplayCommand.self, SimulateCommand.self, Verify.self, Publish.self, Export.self,
      TopicsCommand.self, DeadLettersCommand.self, CodesCommand.self, ClassifyCommand.self, TrainCommand.self,
      EvaluateCommand.self, CorrectionsCommand.self, APIKeysCommand.self, UsersCommand.self, DirectoryCommand.self,
      RulesCommand.self,
      BackupCommand.self, RestoreCommand.self, HealthCommand.self,
    ])

  /// Under the name of one of the workers, as by a link, it is that program: so an image needs the code only once.
  static func main() async {
    let name = CommandLine.arguments.first.map { URL(filePath: $0).lastPathComponent } ?? ""
    if let role = Role(rawValue: name) { await Program(name, roles: [role]).main() }
    await main(nil)
  }
}

/// Where the log is, for the commands that work on one.
struct LogOption: ParsableArguments {
  @Option(name: .customLong("log"), help: "The log: sqlite:PATH or kafka://host:port,host:port. Default: HUIYIN_LOG.")
  var address: String?

  func settings() throws -> Settings {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment, log: address)
    Program.bootstrapLogging(max(settings.logLevel, .warning), as: settings.logFormat)
    return settings
  }

  var logger: Logger { Logger(label: "huiyin") }
}

/// Ends the command with status 1 and a reason on the standard error stream.
func fail(_ reason: String) -> ExitCode {
  FileHandle.standardError.write(Data((reason + "\n").utf8))
  return ExitCode(1)
}

func printLine(_ bytes: [UInt8]) {
  FileHandle.standardOutput.write(Data(bytes + [UInt8(ascii: "\n")]))
}
