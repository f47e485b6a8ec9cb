import Cases
import Classification
import Foundation
import Testing
import Training

struct TrainerTests {
  func model(_ bytes: [UInt8]) throws -> Model {
    let path = Samples.temporary("trained.model")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(filePath: path))
    return try Model(path: path)
  }

  @Test func `what was learned is recognised`() throws {
    let corpus = try Corpus(Samples.opinions, bits: 14)
    let trainer = Trainer(corpus)
    let validation = try CrossValidation(trainer)
    #expect(validation.report.macroF1 == 1)
    let model = try model(
      try trainer.train(members: Array(corpus.labels.indices), calibration: validation.calibration))
    #expect(model.judge(title: nil, text: "这里的老师补课").ranking[0].category == "教育文体")
    #expect(model.judge(title: nil, text: "这里的废气和污水").ranking[0].category == "环境保护")
  }

  @Test func `the same opinions give the same file`() throws {
    func train() throws -> [UInt8] {
      let trainer = Trainer(try Corpus(Samples.opinions, bits: 12))
      let validation = try CrossValidation(trainer)
      return try trainer.train(members: Array(trainer.corpus.labels.indices), calibration: validation.calibration)
    }
    #expect(try train() == train())
  }

  @Test func `folds hold each category alike, and one text is in one fold`() throws {
    let corpus = try Corpus(
      Samples.opinions
        + Samples.opinions.map { LabelledOpinion(id: nil, title: nil, text: $0.text, category: $0.category) })
    let folds = corpus.folds()
    #expect(folds == corpus.folds() && folds != corpus.folds(seed: 8))
    let half = Samples.opinions.count
    for index in 0..<half { #expect(folds[index] == folds[index + half]) }
    for category in corpus.categories.indices {
      let sizes = (0..<5).map { fold in
        folds.indices.count { folds[$0] == fold && corpus.labels[$0] == category }
      }
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 2)
    }
  }

  @Test func `too little to learn from is an error that says what`() {
    #expect(throws: TrainingError("the opinions have 0 categories, must have 2 to 15")) { try Corpus([]) }
    let few = Samples.opinions + [LabelledOpinion(id: nil, title: nil, text: "少", category: "民政")]
    #expect(throws: TrainingError("category 民政 has 1 opinions, must have 10")) { try Corpus(few) }
  }

  @Test func `the card says what the figures are`() throws {
    let corpus = try Corpus(Samples.opinions, bits: 12)
    let validation = try CrossValidation(Trainer(corpus))
    let card = ModelCard(version: "model-x", corpus: corpus, validation: validation, size: 7).text
    #expect(card.hasPrefix("# model-x\n"))
    #expect(card.contains("| macro-F1 | 1.0000 |") && card.contains("| 教育文体 | 20 | 1.000 | 1.000 | 1.000 |"))
    #expect(!Samples.opinions.contains { card.contains($0.text) })
  }

  @Test(
    .enabled(if: Samples.folder != nil, "HUIYIN_TEST_DATA does not name the folder of real messages"),
    .timeLimit(.minutes(10)))
  func `trained on four folds, the fifth is told right as often as promised`() throws {
    let opinions = try LabelledFile.read([try #require(Samples.folder) + "/opinions-labelled.jsonl"])
    let corpus = try Corpus(opinions)
    let folds = corpus.folds()
    let trainer = Trainer(corpus)
    let shipped = try Model(
      path: URL(filePath: #filePath).appending(path: "../../../Sources/Classification/Resources/opinions.model")
        .standardized.path)
    // The calibration of the shipped model: it came out of folds of which each was held back once.
    let calibration = Calibration(of: shipped.header)
    let model = try model(
      try trainer.train(members: folds.indices.filter { folds[$0] != 0 }, calibration: calibration))
    let held = folds.indices.filter { folds[$0] == 0 }.map { opinions[$0] }
    let report = try Evaluation.report(of: model, on: held)
    let decided = report.decided(from: shipped.header.threshold, among: Array(report.labels.indices))
    #expect(held.count > 1200)
    #expect(report.macroF1 >= 0.91, "\(report.macroF1)")
    #expect(report.calibrationError <= 0.03, "\(report.calibrationError)")
    #expect(decided.share >= 0.75 && decided.precision >= 0.955, "\(decided)")
  }
}
