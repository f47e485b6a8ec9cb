import ArgumentParser
import Assembly
import Time

/// Stations, regions, departments and deputies.
struct DirectoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "directory",
    abstract: "Checks the directory of stations, departments and deputies, puts it in force, or shows one.",
    subcommands: [DirectoryCheckCommand.self, DirectoryApplyCommand.self, DirectoryExampleCommand.self])
}

/// On which day a directory is looked at: residences of floating deputies have to be confirmed every half-year.
struct DayOption: ParsableArguments {
  @Option(name: .customLong("today"), help: "The day to go by, YYYY-MM-DD. Default: today, in Asia/Shanghai.")
  var given: String?

  func validate() throws {
    if let given, CalendarDate(given) == nil {
      throw ValidationError("--today is not a date of the form YYYY-MM-DD")
    }
  }

  var day: CalendarDate {
    given.flatMap { CalendarDate($0) } ?? TimeOffset.shanghai.date(of: Program.wallClock())
  }
}
