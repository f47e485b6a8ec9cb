import Foundation

/// What a backup holds, in its file `backup.json`, which is written last: a folder without it is no backup.
package struct BackupManifest: Codable, Equatable, Sendable {
  package struct File: Codable, Equatable, Sendable {
    /// Within the backup, such as `log.sqlite` or `attachments/ab/abcdef…`.
    package var path: String
    package var bytes: Int64
    /// In hexadecimal.
    package var sha256: String
  }

  package static let fileName = "backup.json"
  static let currentVersion = 1

  package var version = currentVersion
  /// When the copying began: whatever was acknowledged by then is in it. RFC 3339.
  package var began: String
  /// Before the names of the log's topics.
  package var topicPrefix: String
  package var files: [File]

  package var bytes: Int64 { files.reduce(0) { $0 + $1.bytes } }

  /// Those of one kind, by how their paths begin.
  package func files(_ prefix: String) -> [File] { files.filter { $0.path.hasPrefix(prefix) } }

  static func read(in folder: String) throws(BackupFailure) -> BackupManifest {
    let path = "\(folder)/\(fileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BackupFailure("\(folder) is no backup, or one that was never finished: it has no \(fileName)")
    }
    guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data) else {
      throw BackupFailure("\(path) can't be read")
    }
    guard manifest.version == currentVersion else {
      throw BackupFailure("\(path) has version \(manifest.version), this program knows \(currentVersion)")
    }
    // It names files that are going to be written: none may lie outside of the folder.
    for file in manifest.files where file.path.hasPrefix("/") || file.path.split(separator: "/").contains("..") {
      throw BackupFailure("\(path) names a file outside of the backup")
    }
    return manifest
  }

  var encoded: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }
}
