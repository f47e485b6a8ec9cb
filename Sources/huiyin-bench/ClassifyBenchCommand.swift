import ArgumentParser
import Foundation

struct ClassifyBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify", abstract: "Measures the classifier, beside fastText where its command is given.")

  @Flag(help: "Print JSON instead of a table.") var json = false
  @Option(help: "Labelled messages (JSON lines).") var messages: String
  @Option(help: "The model. Default: the one that ships with the programs.") var model: String?
  @Option(help: "fastText's command.") var fasttext: String?

  func run() throws {
    let shipped = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "Huiyin_Classification.resources")
    let bench = ClassifyBench(
      messages: messages, model: model ?? shipped.appending(path: "opinions.model").path,
      categories: shipped.appending(path: "categories.yaml").path, fastText: fasttext)
    try Report.print(try bench.run(), json: json)
  }
}
