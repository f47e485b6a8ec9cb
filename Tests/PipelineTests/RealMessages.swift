import Foundation

/// The folder of real messages that some checks need; it isn't part of the project.
enum RealMessages {
  static let folder = ProcessInfo.processInfo.environment["HUIYIN_TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }

  static func areThere(for check: String) -> Bool {
    if folder == nil { print("SKIPPED: \(check): HUIYIN_TEST_DATA names no folder") }
    return folder != nil
  }

  static var events: String { (folder ?? "") + "/replies-2011-2017.events.jsonl" }

  struct Facts: Codable, Hashable {
    var `case`: String
    var received: String
    var due: String
    var replied: String?
    var workingDays: Int?
    var overdue: Bool
  }

  static func facts(_ file: String) throws -> [Facts] {
    let data = try Data(contentsOf: URL(filePath: file))
    return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Facts.self, from: $0) }
      .sorted { $0.case < $1.case }
  }

  static func expected() throws -> [Facts] { try facts((folder ?? "") + "/replies-2011-2017.expected.jsonl") }
}
