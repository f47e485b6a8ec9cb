package import Cases
package import Time
import YAMLForms

/// Reads a directory from YAML, out of one file or several (stations in one, deputies in another, as it suits):
///
/// ```yaml
/// version: 2026-1                   # optional; else it is worked out of the contents
/// profile: 1+11+N                   # optional: the place's own rules, else general
/// stations:                         # a tree; the root is the county's
///   - {id: county, name: 县级代表联络总站, level: county}
///   - {id: liuhe, name: 柳河镇代表联络站, level: township, parent: county, region: 柳河镇, aliases: [柳河], codes: [L1], duty: 每周三上午}
/// grids:
///   - {id: lh-1, name: 柳河一网格, station: liuhe}
/// departments:
///   - {id: jyj, name: 县教育局, categories: [教育文体]}
/// deputies:
///   - {id: d1, name: 周某, level: county, station: liuhe, grid: lh-1, codes: [D1]}
/// ```
///
/// `huiyin directory example` writes one with every key there is.
package enum DirectoryFile {
  /// What was found in files, beside what they say.
  package struct Report: Sendable {
    /// `nil` where there are errors.
    package var directory: Directory?
    package var errors: [InvalidDirectory.Fault]
    package var warnings: [InvalidDirectory.Fault]
  }

  /// - Throws: ``InvalidDirectory`` with every fault, each with file and line where it has one.
  package static func read(_ paths: String...) throws(InvalidDirectory) -> Directory { try read(paths) }

  package static func read(_ paths: [String]) throws(InvalidDirectory) -> Directory {
    try parse(try texts(of: paths))
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidDirectory) -> Directory {
    try parse([(file, yaml)])
  }

  package static func parse(_ files: [(file: String, yaml: String)]) throws(InvalidDirectory) -> Directory {
    let report = check(files)
    guard let directory = report.directory else { throw InvalidDirectory(report.errors) }
    return directory
  }

  /// The files' texts by their paths.
  package static func texts(of paths: [String]) throws(InvalidDirectory) -> [(file: String, yaml: String)] {
    var texts: [(String, String)] = []
    var faults: [FileFault] = []
    for path in paths {
      do throws(InvalidFile) {
        texts.append((path, try YAMLFile.text(of: path)))
      } catch {
        faults += error.faults
      }
    }
    if !faults.isEmpty { throw InvalidDirectory(faults.map(InvalidDirectory.Fault.init)) }
    return texts
  }

  /// All that is wrong, and all that someone should look after.
  /// - Parameters:
  ///   - profile: in place of the one that the files name.
  ///   - today: `nil`: what is wrong only after some time isn't looked for.
  package static func check(
    _ files: [(file: String, yaml: String)], profile: String? = nil, today: CalendarDate? = nil
  ) -> Report {
    var reading = DirectoryReading()
    var faults: [FileFault] = []
    for (file, yaml) in files {
      do throws(InvalidFile) {
        reading.read(try YAMLFile.compose(yaml, file: file), file: file)
      } catch {
        faults += error.faults
      }
    }
    var errors = (faults + reading.faults).map(InvalidDirectory.Fault.init)
    var contents = reading.contents
    let name = profile ?? reading.profile?.name ?? Directory.Profile.general.name
    if let known = Directory.Profile.named(name) {
      contents.profile = known
    } else {
      let source = profile == nil ? reading.profile?.source : nil
      let names = Directory.Profile.builtIn.map(\.name).joined(separator: ", ")
      errors.append(
        InvalidDirectory.Fault(
          file: source?.file, line: source?.line, message: "the profile \(name) is none of \(names)"))
    }
    // Faults of form come first: what could not be read would look like missing stations, and the like.
    if !errors.isEmpty { return Report(errors: errors, warnings: []) }
    let check = Directory.Check(contents, today: today) { [sources = reading.sources] in sources[$0] }
    do throws(InvalidDirectory) {
      let directory = try Directory(version: reading.version, check)
      return Report(directory: directory, errors: [], warnings: check.warnings)
    } catch {
      return Report(errors: error.faults, warnings: check.warnings)
    }
  }
}

extension InvalidDirectory.Fault {
  fileprivate init(_ fault: FileFault) {
    self.init(file: fault.file, line: fault.line, message: fault.message)
  }
}
