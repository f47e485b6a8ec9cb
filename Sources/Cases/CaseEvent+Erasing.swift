extension CaseEvent {
  /// As it may be shown once its citizen is to be forgotten: without what they wrote.
  package var erased: CaseEvent {
    switch self {
    case .opened(var opened):
      opened.submission.statement.erase()
      return .opened(opened)
    case .supplemented(var submission):
      submission.statement.erase()
      return .supplemented(submission)
    case .classified(var classification):
      (classification.why, classification.spans, classification.reading) = ([], nil, nil)
      return .classified(classification)
    case .reopened(var reopened):
      reopened.reason = ""
      return .reopened(reopened)
    case .reviewed(var reviewed):
      reviewed.text = nil
      return .reviewed(reviewed)
    case .rated(var rated):
      rated.text = nil
      return .rated(rated)
    default: return self
    }
  }
}
