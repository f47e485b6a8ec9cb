import FoundationEssentials
import Yams

/// Reads an operator's list of signs from YAML:
///
/// ```yaml
/// version: urgency-2026-1
/// signs:
///   - sign: 燃气泄漏
///     words: [燃气泄漏, 煤气味]
///     except: [煤气味精]              # optional: words in which a sign only seems to stand
/// ```
package enum SignFile {
  /// What is wrong with such a file, and where.
  package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// The first is 1; `nil` where no single line is to blame.
    package let line: Int?
    package let reason: String

    package var description: String {
      if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
    }
  }

  /// - Throws: ``Fault``: the first one.
  package static func read(_ path: String) throws(Fault) -> SignList {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw Fault(file: path, line: nil, reason: "can't be read")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(file: path, line: nil, reason: "not valid UTF-8")
    }
    return try parse(text, file: path)
  }

  /// - Parameter file: what the fault is to call it.
  package static func parse(_ yaml: String, file: String) throws(Fault) -> SignList {
    let reading = SignReading(file: file)
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw reading.fault(of: error)
    }
    guard let root else { throw Fault(file: file, line: nil, reason: "the file is empty") }
    return try reading.read(root)
  }
}
