import ArgumentParser
import Cases
import Routing

struct DirectoryCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says what is in a directory, and all that is wrong with it.",
    discussion: """
      Every error and every warning with its file and line. With an error no worker takes the directory; a warning is \
      for someone to look after. Ends with status 1 if there is an error.
      """)

  @Argument(help: "Files of YAML that make up one directory.") var files: [String]
  @Option(
    help: """
      The place's own rules: \(Directory.Profile.builtIn.map(\.name).joined(separator: ", ")). Default: what the files \
      name, else general.
      """)
  var profile: String?
  @OptionGroup var today: DayOption

  func run() throws {
    let texts: [(file: String, yaml: String)]
    do throws(InvalidDirectory) {
      texts = try DirectoryFile.texts(of: files)
    } catch {
      throw fail(error.description)
    }
    let report = DirectoryFile.check(texts, profile: profile, today: today.day)
    if let directory = report.directory {
      print("version: \(directory.version)")
      print("profile: \(directory.profile.name)")
      for line in directory.counts { print(line) }
    }
    for warning in report.warnings { print("warning: \(warning)") }
    for error in report.errors { print("error: \(error)") }
    print("\(report.errors.count) errors, \(report.warnings.count) warnings")
    if report.directory == nil { throw ExitCode(1) }
  }
}
