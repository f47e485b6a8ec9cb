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
    ])
}

/// Where the log is, for the commands that work on one.
struct LogOption: ParsableArguments {
  @Option(name: .customLong("log"), help: "The log: sqlite:PATH or kafka://host:port,host:port. Default: HUIYIN_LOG.")
  var address: String?

  func settings() throws -> Settings {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment, log: address)
    Program.bootstrapLogging(max(settings.logLevel, .warning))
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
