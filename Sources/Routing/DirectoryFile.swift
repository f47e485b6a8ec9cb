package import Cases
import Crypto
import FoundationEssentials
import Yams

/// Reads a directory from YAML:
///
/// ```yaml
/// version: 2026-1                   # optional; else it is worked out of the contents
/// stations:                         # one of level county, below it township, below that village
///   - {id: county, name: 县级代表联络总站, level: county}
///   - {id: liuhe, name: 柳河镇代表联络站, level: township, parent: county, region: 柳河镇, aliases: [柳河], codes: [L1]}
/// departments:
///   - {id: jyj, name: 县教育局, categories: [教育文体]}
/// deputies:
///   - {id: d1, name: 周某, station: liuhe, codes: [D1]}
/// ```
package enum DirectoryFile {
  /// - Throws: ``InvalidDirectory`` with every fault, each with file and line where it has one.
  package static func read(_ path: String) throws(InvalidDirectory) -> Directory {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw InvalidDirectory([.init(file: path, message: "can't be read")])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InvalidDirectory([.init(file: path, message: "not valid UTF-8")])
    }
    return try parse(text, file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidDirectory) -> Directory {
    var reading = DirectoryReading(file: file)
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw InvalidDirectory([fault(of: error, file: file)])
    } catch {
      throw InvalidDirectory([.init(file: file, message: "not YAML")])
    }
    guard let root else { throw InvalidDirectory([.init(file: file, message: "the file is empty")]) }
    let digest = SHA256.hash(data: Array(yaml.utf8)).prefix(6).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    reading.read(root)
    // Faults of form come first: what could not be read would look like missing stations, and the like.
    guard reading.faults.isEmpty else { throw InvalidDirectory(reading.faults) }
    return try Directory(
      version: reading.version ?? "sha256-" + digest.joined(), stations: reading.stations,
      departments: reading.departments, deputies: reading.deputies
    ) { [places = reading.places] in places[$0] }
  }

  private static func fault(of error: YamlError, file: String) -> InvalidDirectory.Fault {
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
