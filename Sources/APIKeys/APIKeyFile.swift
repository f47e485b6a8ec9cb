import FoundationEssentials
import Yams

/// Reads the clients of the open API from YAML:
///
/// ```yaml
/// public: false        # optional; true: POST /opinions takes opinions without a key, too
/// keys:
///   portal: {sha256: "64 hexadecimal digits", scopes: [submit, open311], perMinute: 600}
/// ```
///
/// `huiyin api-keys new NAME` prints a key and its line. A name or a digest may stand once; `perMinute` is 1 to 1,000,000.
package enum APIKeyFile {
  /// - Throws: ``InvalidAPIKeys`` with every fault, each with file and line where it has one. None repeats a digest.
  package static func read(_ path: String) throws(InvalidAPIKeys) -> APIKeys {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw InvalidAPIKeys([.init(file: path, message: "can't be read")])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InvalidAPIKeys([.init(file: path, message: "not valid UTF-8")])
    }
    return try parse(text, file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidAPIKeys) -> APIKeys {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw InvalidAPIKeys([fault(of: error, file: file)])
    } catch {
      throw InvalidAPIKeys([.init(file: file, message: "not YAML")])
    }
    guard let root else { throw InvalidAPIKeys([.init(file: file, message: "the file is empty")]) }
    var reading = APIKeyReading(file: file)
    reading.read(root)
    guard reading.faults.isEmpty else { throw InvalidAPIKeys(reading.faults) }
    return APIKeys(reading.keys, isPublic: reading.isPublic)
  }

  private static func fault(of error: YamlError, file: String) -> InvalidAPIKeys.Fault {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .init(file: file, line: mark.line, message: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      .init(
        file: file, line: context.mark.line, message: "in one mapping stands twice: \(keys.joined(separator: ", "))")
    default: .init(file: file, message: "not YAML")
    }
  }
}
