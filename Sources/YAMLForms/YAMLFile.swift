import FoundationEssentials
package import Yams

/// An operator's file of YAML, to be walked with a ``YAMLReading``.
package enum YAMLFile {
  /// - Throws: ``InvalidFile`` for a file that can't be read, or that isn't UTF-8.
  package static func text(of path: String) throws(InvalidFile) -> String {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw InvalidFile([FileFault(file: path, line: nil, message: "can't be read")])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InvalidFile([FileFault(file: path, line: nil, message: "not valid UTF-8")])
    }
    return text
  }

  /// - Parameter file: what faults are to call it.
  /// - Throws: ``InvalidFile`` for what isn't YAML, or nothing at all.
  package static func compose(_ yaml: String, file: String) throws(InvalidFile) -> Node {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw InvalidFile([fault(of: error, file: file)])
    }
    guard let root else { throw InvalidFile([FileFault(file: file, line: nil, message: "the file is empty")]) }
    return root
  }

  private static func fault(of error: any Error, file: String) -> FileFault {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      FileFault(file: file, line: mark.line, message: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      FileFault(
        file: file, line: context.mark.line, message: "in one mapping stands twice: \(keys.joined(separator: ", "))")
    default: FileFault(file: file, line: nil, message: "not YAML")
    }
  }
}
