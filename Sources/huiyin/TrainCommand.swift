import ArgumentParser
import Classification
import Foundation
import Synchronization
import Training

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains the model that says what an opinion is about, and says how good it is.",
    discussion: """
      Learns from lines of JSON: id, title, text, category. Corrections that people made have the same form; of two lines \
      with the same id the later one stands. The model's card is written beside the model.
      """)

  @Option(help: "A file of labelled opinions (JSON lines); may be given again.") var input: [String]
  @Option(help: "The file to write the model to; its card goes beside it, with .md behind its name.") var output: String

  func run() throws {
    do {
      let corpus = try Corpus(try LabelledFile.read(input))
      let trainer = Trainer(corpus)
      // Five folds, then everything.
      let bar = Mutex(ProgressBar("train", total: 6))
      bar.withLock { $0.show(0) }
      let validation = try CrossValidation(trainer) { done in bar.withLock { $0.show(done) } }
      let bytes = try trainer.train(members: Array(corpus.labels.indices), calibration: validation.calibration)
      bar.withLock { $0.finish() }
      try write(Data(bytes), to: output)
      let model = try Model(path: output)
      let card = ModelCard(
        version: model.header.version, corpus: corpus, validation: validation, size: bytes.count)
      try write(Data(card.text.utf8), to: output + ".md")
      print(card.text)
    } catch let error as TrainingError {
      throw fail("nothing was trained: \(error)")
    } catch let error as ModelError {
      throw fail("\(error)")
    }
  }

  private func write(_ data: Data, to path: String) throws {
    do {
      try data.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw fail("--output \(path): can't be written: \(error.localizedDescription)")
    }
  }
}
