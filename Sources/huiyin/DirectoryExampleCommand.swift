import ArgumentParser
import Routing

struct DirectoryExampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example", abstract: "Prints the directory of an invented county, with everything that one can say.")

  @OptionGroup var today: DayOption

  func run() throws {
    print(DirectoryExample.yaml(on: today.day), terminator: "")
  }
}
