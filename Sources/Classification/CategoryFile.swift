import FoundationEssentials
import Yams

/// Reads categories from YAML: see `categories.yaml` beside the model, which explains itself.
package enum CategoryFile {
  /// - Throws: ``InvalidCategories`` with every fault, each with file and line where it has one.
  package static func read(_ path: String) throws(InvalidCategories) -> Categories {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw InvalidCategories([.init(file: path, line: nil, message: "can't be read")])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InvalidCategories([.init(file: path, line: nil, message: "not valid UTF-8")])
    }
    return try parse(text, file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidCategories) -> Categories {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw InvalidCategories([fault(of: error, file: file)])
    } catch {
      throw InvalidCategories([.init(file: file, line: nil, message: "not YAML")])
    }
    guard let root else { throw InvalidCategories([.init(file: file, line: nil, message: "the file is empty")]) }
    var reading = CategoryReading(file: file)
    reading.read(root)
    guard reading.faults.isEmpty, let version = reading.version else { throw InvalidCategories(reading.faults) }
    return Categories(version: version, categories: reading.categories, rules: reading.rules)
  }

  private static func fault(of error: YamlError, file: String) -> InvalidCategories.Fault {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .init(file: file, line: mark.line, message: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      .init(
        file: file, line: context.mark.line, message: "in one mapping stands twice: \(keys.joined(separator: ", "))")
    default: .init(file: file, line: nil, message: "not YAML")
    }
  }
}
