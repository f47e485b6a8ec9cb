import ArgumentParser
import Assembly
import Classification
import Foundation
import Training

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Says how good a model is on labelled opinions, which should not be those that it learned from.")

  @Option(help: "A file of labelled opinions (JSON lines); may be given again.") var input: [String]
  @OptionGroup var classifier: ClassifierOption
  @Flag(help: "Let the operator's words and rules speak before the model, as in the pipeline.") var rules = false

  func run() throws {
    do {
      let opinions = try LabelledFile.read(input)
      let classifier = try classifier.read()
      let report =
        rules
        ? try Evaluation.report(of: classifier, on: opinions)
        : try Evaluation.report(of: classifier.model, on: opinions)
      print("\(rules ? classifier.version : classifier.model.header.version)\n\n\(ReportText(report).text)")
    } catch let error as TrainingError {
      throw fail("nothing was evaluated: \(error)")
    }
  }
}

/// What classifies, for the commands that need it.
struct ClassifierOption: ParsableArguments {
  @Option(help: "The model's file. Default: HUIYIN_MODEL, else the one that ships with the program.")
  var model: String?
  @Option(help: "The file of categories (YAML). Default: HUIYIN_CATEGORIES, else the one that ships with the program.")
  var categories: String?

  func read() throws -> Classifier {
    let environment = ProcessInfo.processInfo.environment
    do throws(SettingsError) {
      return try ClassifierHome.open(
        model: model ?? environment["HUIYIN_MODEL"], categories: categories ?? environment["HUIYIN_CATEGORIES"])
    } catch {
      throw fail("\(error)")
    }
  }
}
