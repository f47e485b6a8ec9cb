import ByteText
package import Cases
import Crypto
import YAMLForms

/// Reads a directory from YAML:
///
/// ```yaml
/// version: 2026-1                   # optional; else it is worked out of the contents
/// stations:                         # one of level county, below it township, below that village
///   - {id: county, name: 县级代表联络总站, level: county}
///   - {id: liuhe, name: 柳河镇代表联络站, level: township, parent: county, region: 柳河镇, aliases: [柳河], codes: [L1], duty: 每周三上午}
/// departments:
///   - {id: jyj, name: 县教育局, categories: [教育文体]}
/// deputies:
///   - {id: d1, name: 周某, station: liuhe, codes: [D1]}
/// ```
package enum DirectoryFile {
  /// - Throws: ``InvalidDirectory`` with every fault, each with file and line where it has one.
  package static func read(_ path: String) throws(InvalidDirectory) -> Directory {
    let text: String
    do throws(InvalidFile) {
      text = try YAMLFile.text(of: path)
    } catch {
      throw InvalidDirectory(error)
    }
    return try parse(text, file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidDirectory) -> Directory {
    var reading = DirectoryReading(file: file)
    do throws(InvalidFile) {
      reading.read(try YAMLFile.compose(yaml, file: file))
      // Faults of form come first: what could not be read would look like missing stations, and the like.
      try reading.form.check()
    } catch {
      throw InvalidDirectory(error)
    }
    let digest = ByteAlphabet.hexadecimal.text(of: SHA256.hash(data: Array(yaml.utf8)).prefix(6))
    return try Directory(
      version: reading.version ?? "sha256-" + digest, stations: reading.stations,
      departments: reading.departments, deputies: reading.deputies
    ) { [places = reading.places] in places[$0] }
  }
}

extension InvalidDirectory {
  fileprivate init(_ invalid: InvalidFile) {
    self.init(invalid.faults.map { Fault(file: $0.file, line: $0.line, message: $0.message) })
  }
}
