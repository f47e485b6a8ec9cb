import Cases
import YAMLForms

/// Reads the operator's policy, a YAML mapping as in `deploy/sample/policy.yaml`; what is left out but the version is as
/// built in, and `none` takes away what can be done without. The names of the first version, such as
/// `replyWorkingDays: 7`, go on being read.
enum PolicyFile {
  /// - Parameter categories: of the first level; the policy may speak of these.
  /// - Throws: ``InvalidFile`` with every fault, each with file and line where it has one: those of form, and where there
  ///   are none, those of value.
  static func parse(_ yaml: String, file: String, categories: [String]) throws(InvalidFile) -> ReplyPolicy {
    var draft = PolicyDraft(file: file, categories: categories)
    draft.read(try YAMLFile.compose(yaml, file: file))
    return try draft.finished()
  }
}
