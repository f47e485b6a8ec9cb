import Contract
import Foundation

/// Where the description of the open API is read from.
enum ContractHome {
  /// - Parameter parts: what this process does of it.
  /// - Throws: ``SettingsError`` where what ships with the program was not copied along with it.
  static func document(serving parts: Set<ContractDocument.Part>) throws(SettingsError) -> [UInt8] {
    let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "Huiyin_Contract.resources/openapi.json").path
    guard let data = FileManager.default.contents(atPath: path),
      let document = ContractDocument.bytes(of: Array(data), serving: parts)
    else { throw SettingsError("\(path) is missing: it belongs beside the program") }
    return document
  }
}
