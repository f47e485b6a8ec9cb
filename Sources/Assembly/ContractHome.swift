import Foundation

/// Where the description of the open API is read from.
enum ContractHome {
  /// - Throws: ``SettingsError`` where what ships with the program was not copied along with it.
  static func document() throws(SettingsError) -> [UInt8] {
    let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "Huiyin_Contract.resources/openapi.json").path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsError("\(path) is missing: it belongs beside the program")
    }
    return Array(data)
  }
}
