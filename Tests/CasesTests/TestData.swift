import FoundationEssentials

/// The folder of real messages and public facts that some checks need; it isn't part of the project.
enum TestData {
  private static let folder = ProcessInfo.processInfo.environment["HUIYIN_TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }

  /// For `.enabled(if:)`: whether the folder is named. If not, says on the standard output what is skipped.
  static func isNamed(for check: String) -> Bool {
    if folder == nil { print("SKIPPED: \(check): HUIYIN_TEST_DATA names no folder") }
    return folder != nil
  }

  /// One value for each line of JSON.
  static func rows<Row: Decodable>(_ file: String, as row: Row.Type) throws -> [Row] {
    let data = try Data(contentsOf: URL(filePath: folder ?? "").appending(path: file))
    return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(row, from: Data($0)) }
  }
}
