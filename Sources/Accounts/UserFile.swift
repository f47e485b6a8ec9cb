import Cases
package import YAMLForms

/// Reads those who may sign in from YAML:
///
/// ```yaml
/// users:
///   liuhe: {title: 柳河镇联络站, role: station, holder: s03, password: "scrypt$32768$8$1$…$…"}
///   office: {title: 督办室, role: supervisor, password: "scrypt$32768$8$1$…$…"}
/// ```
///
/// A deputy, a station and a department have a `holder`, their id in the directory; a supervisor and an administrator have
/// none. Without a `password` only a trusted proxy lets them in. `huiyin users new NAME` prints a line.
package enum UserFile {
  /// - Throws: ``InvalidFile`` with every fault, each with file and line where it has one. None repeats a password's hash.
  package static func read(_ path: String) throws(InvalidFile) -> Users {
    try parse(try YAMLFile.text(of: path), file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidFile) -> Users {
    var reading = UserReading(file: file)
    reading.read(try YAMLFile.compose(yaml, file: file))
    try reading.form.check()
    return Users(reading.users, file: file)
  }

  /// The line of the file that lets that user in.
  package static func line(_ account: Account, password: PasswordHash) -> String {
    let holder = account.holder.map { ", holder: \(quoted($0))" } ?? ""
    return "  \(quoted(account.name)): {title: \(quoted(account.title)), role: \(account.role.rawValue)\(holder), "
      + "password: \"\(password.text)\"}"
  }

  /// Why a line that ``line(_:password:)`` gave can't stand in a file, in words; `nil` if it can.
  package static func fault(in line: String) -> String? {
    do throws(InvalidFile) {
      _ = try parse("users:\n" + line, file: "the line")
      return nil
    } catch {
      return error.faults.map(\.message).joined(separator: "\n")
    }
  }

  /// YAML's double quotes, in which every text can stand on one line.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.properties.generalCategory == .control:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\x" + String(repeating: "0", count: 2 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
