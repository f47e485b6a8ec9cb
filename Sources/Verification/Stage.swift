import Cases
import EventLog

/// A step of the pipeline, as the log shows it: which topic it reads first of all, in the group of its own name.
enum Stage: String, CaseIterable {
  // In the order in which a record passes them, and in which their committed offsets are to be asked for.
  case classify, route, track, relay, quota, feedback

  var input: String {
    switch self {
    case .classify: Topics.opinions
    case .route: Topics.classifications
    case .track: Topics.commands
    case .relay, .feedback: Topics.cases
    case .quota: Topics.quotas
    }
  }

  /// Of those that keep state.
  var changelog: String? {
    switch self {
    case .classify, .route, .relay: nil
    case .track, .quota, .feedback: rawValue + "-changelog"
    }
  }
}
