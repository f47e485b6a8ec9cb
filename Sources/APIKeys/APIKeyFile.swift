package import YAMLForms

/// Reads the clients of the open API from YAML:
///
/// ```yaml
/// public: false        # optional; true: POST /opinions takes opinions without a key, too
/// keys:
///   portal: {sha256: "64 hexadecimal digits", scopes: [submit, open311], perMinute: 600}
///   transport: {sha256: "…", scopes: [read, command], perMinute: 60, actor: {role: department, holder: d07}}
/// ```
///
/// A key that may `read` or `command` does so as its `actor`: a deputy, station or department with its id in the directory
/// as `holder`, a supervisor or an administrator without.
///
/// `huiyin api-keys new NAME` prints a key and its line. A name or a digest may stand once; `perMinute` is 1 to 1,000,000.
package enum APIKeyFile {
  /// - Throws: ``InvalidFile`` with every fault, each with file and line where it has one. None repeats a digest.
  package static func read(_ path: String) throws(InvalidFile) -> APIKeys {
    try parse(try YAMLFile.text(of: path), file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidFile) -> APIKeys {
    var reading = APIKeyReading(file: file)
    reading.read(try YAMLFile.compose(yaml, file: file))
    try reading.form.check()
    return APIKeys(reading.keys, isPublic: reading.isPublic)
  }
}
