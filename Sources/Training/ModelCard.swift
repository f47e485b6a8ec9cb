/// What stands beside a model: what it was trained on, how good it is, and what it is not for. In Markdown.
package struct ModelCard: Sendable {
  package let version: String
  package let corpus: Corpus
  package let validation: CrossValidation
  /// Bytes of the model's file.
  package let size: Int

  package init(version: String, corpus: Corpus, validation: CrossValidation, size: Int) {
    self.version = version
    self.corpus = corpus
    self.validation = validation
    self.size = size
  }

  package var text: String {
    let calibration = validation.calibration
    return """
      # \(version)

      Says which of \(corpus.categories.count) first-level categories an opinion belongs to, how sure that is, and why.

      | | |
      |---|---|
      | trained on | \(corpus.labels.count) opinions with title, text and the category that a person gave |
      | form | linear, one category against the rest: support vectors, squared hinge loss (liblinear) |
      | features | runs of 1–3 characters of the title and 1–2 of the text, hashed into 2^\(corpus.bits) buckets |
      | weights of the features | (1 + ln count) · inverse document frequency · largest log-odds of a category; each part of length 1, the title × \(Trainer.titleWeight) |
      | confidence | softmax of score × \(ReportText.number(calibration.sharpness, 2)) + a shift for each category, fitted on held-back folds |
      | sure | from confidence \(ReportText.thousandths(calibration.threshold)) on, and at least \(ReportText.share(calibration.knownFloor)) of the runs known, \(ReportText.share(calibration.hanFloor)) Chinese characters |
      | size | \(size) bytes, mapped |

      ## Five-fold cross-validation

      Folds are dealt by a fixed seed, each category alike; opinions with the same text are in one fold. Weights of the features \
      are worked out without the fold that is judged; so are the confidence's calibration and the threshold.

      \(ReportText(validation.report).text)

      Sure by a threshold chosen without the fold: \(ReportText.percent(validation.sure.share)) of all, of which \
      \(ReportText.percent(validation.sure.precision)) are right.

      ## What it is not for

      It knows nothing but these categories, and opinions of other kinds get one of them: the operator's words and rules decide \
      there, and a person where it is not sure. It learned from written complaints in simplified Chinese; traditional characters \
      are features of their own. Some of the labels that it learned from are wrong. The file holds weights of hashed runs only, \
      no text.

      """
  }
}
