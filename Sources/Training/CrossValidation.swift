import Classification
import Dispatch
import Synchronization

/// What held-back opinions say of the models that are trained on the others.
package struct CrossValidation: Sendable {
  /// The judgement of each opinion by the model that had not seen it, calibrated without its fold.
  package let report: Report
  /// Out of all held-back scores: for the model that is trained on everything.
  package let calibration: Calibration
  /// Of the answers that are sure by thresholds that were chosen without their fold.
  package let sure: Report.Decided

  /// Answers that are sure are right in this share of cases, in thousandths.
  package static let precision = 970

  private struct Held: Sendable {
    var scores: [Double]
    var known: Int
  }

  /// Trains a model for each fold, two at a time.
  /// - Parameter progress: is told of each model that is done, one call at a time.
  package init(
    _ trainer: Trainer, folds count: Int = 5, seed: UInt64 = 7, progress: @Sendable (_ done: Int) -> Void = { _ in }
  ) throws(TrainingError) {
    let corpus = trainer.corpus
    let folds = corpus.folds(count, seed: seed)
    let results = Mutex((held: [Held?](repeating: nil, count: folds.count), done: 0, error: TrainingError?.none))
    DispatchQueue.concurrentPerform(iterations: count) { fold in
      do throws(TrainingError) {
        let draft = try trainer.draft(members: folds.indices.filter { folds[$0] != fold })
        let judged = folds.indices.filter { folds[$0] == fold }.map { index in
          let (scores, known) = draft.judge(corpus.features[index])
          return (index, Held(scores: scores, known: known))
        }
        results.withLock { results in
          for (index, held) in judged { results.held[index] = held }
          results.done += 1
          progress(results.done)
        }
      } catch {
        results.withLock { $0.error = error }
      }
    }
    let (found, error) = results.withLock { ($0.held, $0.error) }
    if let error { throw error }
    let held = found.compactMap(\.self)
    guard held.count == folds.count else { throw TrainingError("a fold was not judged") }

    var chances = [[Double]](repeating: [], count: folds.count)
    for fold in 0..<count {
      let others = folds.indices.filter { folds[$0] != fold }
      let fitted = Calibration(scores: others.map { held[$0].scores }, labels: others.map { corpus.labels[$0] })
      for index in folds.indices where folds[index] == fold { chances[index] = fitted.chances(held[index].scores) }
    }
    let report = Report(categories: corpus.categories, labels: corpus.labels, chances: chances)
    self.report = report
    var sure = Report.Decided(count: 0, right: 0, of: folds.count)
    for fold in 0..<count {
      let others = folds.indices.filter { folds[$0] != fold }
      let threshold = report.threshold(precision: Self.precision, among: others)
      let part = report.decided(from: threshold, among: folds.indices.filter { folds[$0] == fold })
      sure.count += part.count
      sure.right += part.right
    }
    self.sure = sure
    var calibration = Calibration(scores: held.map(\.scores), labels: corpus.labels)
    calibration.threshold = report.threshold(precision: Self.precision, among: Array(folds.indices))
    calibration.knownFloor = Self.floor(held.map(\.known))
    calibration.hanFloor = Self.floor(corpus.features.map(\.hanShare))
    self.calibration = calibration
  }

  /// Two of a thousand opinions lie below it.
  private static func floor(_ values: [Int]) -> Int {
    values.sorted()[values.count / 500]
  }
}
