import Liblinear
import Testing

struct LinearTrainerTests {
  /// Three classes, each with a feature of its own and one that all share.
  let rows = (0..<30).map { SparseRow(features: [Int32($0 % 3), 3], values: [1, 0.5]) }
  let labels = (0..<30).map { $0 % 3 }

  @Test func `what can be told apart is told apart`() throws {
    let learned = try LinearTrainer().train(rows, labels: labels, classes: 3, featureCount: 4)
    for (row, label) in zip(rows, labels) {
      let scores = learned.scores(of: row)
      #expect(scores.indices.max { scores[$0] < scores[$1] } == label)
    }
  }

  @Test func `two classes have opposite weights`() throws {
    let learned = try LinearTrainer().train(
      rows.filter { $0.features[0] < 2 }, labels: labels.filter { $0 < 2 }, classes: 2, featureCount: 4)
    let scores = learned.scores(of: SparseRow(features: [1], values: [1]))
    #expect(scores[1] > scores[0] && scores[1] == -scores[0])
  }

  @Test func `the same rows give the same weights`() throws {
    let first = try LinearTrainer().train(rows, labels: labels, classes: 3, featureCount: 4)
    let second = try LinearTrainer().train(rows, labels: labels, classes: 3, featureCount: 4)
    #expect(first.weights == second.weights && first.bias == second.bias)
  }

  @Test func `rows that don't fit are an error, not a trap`() {
    func train(_ rows: [SparseRow], _ labels: [Int], classes: Int = 2, featureCount: Int = 4) throws {
      _ = try LinearTrainer().train(rows, labels: labels, classes: classes, featureCount: featureCount)
    }
    let row = SparseRow(features: [0], values: [1])
    #expect(throws: LinearError.self) { try train([], []) }
    #expect(throws: LinearError.self) { try train([row], [0, 1]) }
    #expect(throws: LinearError.self) { try train([row, row], [0, 0]) }
    #expect(throws: LinearError.self) { try train([row, row], [0, 2]) }
    #expect(throws: LinearError.self) { try train([row, row], [0, 1], classes: 1) }
    #expect(throws: LinearError.self) { try train([row, row], [0, 1], featureCount: 0) }
    #expect(throws: LinearError.self) { try train([row, SparseRow(features: [4], values: [1])], [0, 1]) }
    #expect(throws: LinearError.self) { try train([row, SparseRow(features: [1, 1], values: [1, 1])], [0, 1]) }
    #expect(throws: LinearError.self) { try train([row, SparseRow(features: [1], values: [])], [0, 1]) }
  }
}
