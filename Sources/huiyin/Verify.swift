import ArgumentParser

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Checks over the whole log that nothing was lost.")
  @OptionGroup var log: LogOption
  func run() throws {}
}
