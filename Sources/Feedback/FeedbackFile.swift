package import YAMLForms

/// Reads the rules of feedback from YAML: see `Resources/feedback.yaml`, which explains itself.
package enum FeedbackFile {
  /// - Throws: ``InvalidFile`` with every fault, each with file and line where it has one.
  package static func read(_ path: String) throws(InvalidFile) -> FeedbackRules {
    try parse(try YAMLFile.text(of: path), file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidFile) -> FeedbackRules {
    var reading = FeedbackReading(file: file)
    return try reading.read(try YAMLFile.compose(yaml, file: file))
  }
}
