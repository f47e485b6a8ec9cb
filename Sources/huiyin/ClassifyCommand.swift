import ArgumentParser
import Cases
import Classification
import Foundation

struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract:
      "Says what opinions are about, how sure that is, and why: JSON lines in, JSON lines out, in the same order.",
    discussion: """
      A line has text and, if it likes, id, title and preset (the category that the scanned code belongs to); what else it \
      has is passed over. A line out has id, category, subcategory, confidence, second, sure, why, spans (counted in Unicode \
      scalars), by (model, rule or code) and version; what does not apply is left out.
      """)

  @OptionGroup var classifier: ClassifierOption
  @Option(help: "A file of opinions (JSON lines); may be given again. Default: the standard input stream.")
  var input: [String] = []

  func run() throws {
    let classifier = try classifier.read()
    var faults = 0
    for path in input.isEmpty ? ["-"] : input {
      guard let file = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path) else {
        throw fail("--input \(path): can't be read")
      }
      var number = 0
      for line in JSONLines(file) {
        number += 1
        if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
        do throws(Malformed) {
          let asked = try JSONData.decode(ClassificationLine.Question.self, from: line)
          let answer = classifier.classify(title: asked.title, text: asked.text, preset: asked.preset)
          printLine(JSONData.encode(ClassificationLine(id: asked.id, classification: answer)))
        } catch {
          faults += 1
          FileHandle.standardError.write(Data("\(path):\(number): \(error.reason)\n".utf8))
        }
      }
    }
    if faults > 0 { throw fail("\(faults) lines could not be classified") }
  }
}
