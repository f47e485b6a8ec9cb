package import YAMLForms

/// Reads categories from YAML: see `categories.yaml` beside the model, which explains itself.
package enum CategoryFile {
  /// - Throws: ``InvalidFile`` with every fault, each with file and line where it has one.
  package static func read(_ path: String) throws(InvalidFile) -> Categories {
    try parse(try YAMLFile.text(of: path), file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidFile) -> Categories {
    var reading = CategoryReading(file: file)
    reading.read(try YAMLFile.compose(yaml, file: file))
    try reading.form.check()
    return Categories(version: reading.version, categories: reading.categories, rules: reading.rules)
  }
}
